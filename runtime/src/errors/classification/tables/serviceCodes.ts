import type { CodesByCategory } from '../codeTable.ts';

/**
 * Codes that only one service's client has: Slack, Firebase, Azure.
 *
 * Sources: @slack/web-api and @slack/webhook, src/errors.ts; Firebase documentation, "Admin Authentication API Errors";
 * @azure/core-rest-pipeline, src/restError.ts.
 */
export const SERVICE_CODES: CodesByCategory = {
  authentication: ['app/invalid-credential', 'messaging/authentication-error', 'messaging/mismatched-credential'],
  network: [
    'REQUEST_SEND_ERROR',
    'app/network-error',
    'app/network-timeout',
    'auth/network-request-failed',
    'slack_webapi_request_error',
    'slack_webhook_request_error',
  ],
  external_service: ['auth/internal-error', 'auth/too-many-requests'],
};

/** The same by how they begin. */
export const SERVICE_CODE_PREFIXES: CodesByCategory = {
  authentication: ['auth/'],
  external_service: ['messaging/', 'slack_'],
};

/**
 * Codes of tRPC's errors, which are statuses of the application's own.
 *
 * Source: tRPC documentation, "Error Handling", "Error codes".
 */
export const TRPC_CODES: CodesByCategory = {
  authentication: ['FORBIDDEN', 'UNAUTHORIZED'],
  validation: [
    'BAD_REQUEST',
    'METHOD_NOT_SUPPORTED',
    'PARSE_ERROR',
    'PAYLOAD_TOO_LARGE',
    'UNPROCESSABLE_CONTENT',
    'UNSUPPORTED_MEDIA_TYPE',
  ],
  business_logic: ['CONFLICT', 'NOT_FOUND', 'PAYMENT_REQUIRED', 'PRECONDITION_FAILED', 'TOO_MANY_REQUESTS'],
  network: ['CLIENT_CLOSED_REQUEST', 'TIMEOUT'],
  external_service: ['BAD_GATEWAY', 'GATEWAY_TIMEOUT'],
  system: ['NOT_IMPLEMENTED', 'SERVICE_UNAVAILABLE'],
};
