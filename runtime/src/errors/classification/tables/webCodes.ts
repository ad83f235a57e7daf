import type { CodesByCategory } from '../codeTable.ts';

/**
 * Codes of Fastify and its plugins that the caller brings about. What is left of `FST_` is a wrong use of Fastify.
 *
 * Source: Fastify documentation, "Errors", "Codes"; those of @fastify/jwt, -multipart, -csrf-protection, -basic-auth.
 */
export const FASTIFY_CODES: CodesByCategory = {
  validation: [
    'FST_CONTENT_TYPE_MISSING',
    'FST_ERR_ASYNC_CONSTRAINT',
    'FST_ERR_BAD_URL',
    'FST_ERR_CTP_BODY_TOO_LARGE',
    'FST_ERR_CTP_EMPTY_JSON_BODY',
    'FST_ERR_CTP_INVALID_CONTENT_LENGTH',
    'FST_ERR_CTP_INVALID_JSON_BODY',
    'FST_ERR_CTP_INVALID_MEDIA_TYPE',
    'FST_ERR_MAX_PARAM_LENGTH',
    'FST_ERR_VALIDATION',
    'FST_FILES_LIMIT',
    'FST_INVALID_JSON_FIELD_ERROR',
    'FST_INVALID_MULTIPART_CONTENT_TYPE',
    'FST_NO_FORM_DATA',
    'FST_PARTS_LIMIT',
    'FST_PROTO_VIOLATION',
    'FST_REQ_FILE_TOO_LARGE',
    'FST_FIELDS_LIMIT',
  ],
  business_logic: ['FST_ERR_NOT_FOUND'],
};

/** The same by how they begin. */
export const FASTIFY_PREFIXES: CodesByCategory = {
  authentication: ['FST_JWT_', 'FST_CSRF_', 'FST_BASIC_AUTH_', 'FST_BEARER_AUTH_'],
  system: ['FST_'],
};

/**
 * What body-parser, raw-body and body readers that follow them have in `type`.
 *
 * Source: body-parser documentation, "Errors".
 */
export const BODY_ERROR_TYPES: CodesByCategory = {
  validation: [
    'charset.unsupported',
    'encoding.unsupported',
    'entity.parse.failed',
    'entity.too.large',
    'entity.verify.failed',
    'parameters.too.many',
    'querystring.parse.rangeError',
    'request.size.invalid',
  ],
  network: ['request.aborted'],
  system: ['stream.encoding.set', 'stream.not.readable'],
};

/** What multer answers to uploads, see its documentation, "Error handling"; all begin so. */
export const UPLOAD_PREFIXES: CodesByCategory = { validation: ['LIMIT_'] };
