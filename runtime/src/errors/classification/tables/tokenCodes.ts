import type { CodesByCategory } from '../codeTable.ts';

/**
 * Codes of errors about tokens. Keys that cannot be fetched are the network's or another's failure.
 *
 * Sources: jose documentation, "errors"; jsonwebtoken documentation, "Errors & Codes"; csurf and csrf-csrf documentation.
 */
export const TOKEN_CODES: CodesByCategory = {
  authentication: [
    'EBADCSRFTOKEN',
    'ERR_JOSE_ALG_NOT_ALLOWED',
    'ERR_JOSE_NOT_SUPPORTED',
    'ERR_JWE_DECRYPTION_FAILED',
    'ERR_JWE_INVALID',
    'ERR_JWKS_INVALID',
    'ERR_JWKS_MULTIPLE_MATCHING_KEYS',
    'ERR_JWKS_NO_MATCHING_KEY',
    'ERR_JWK_INVALID',
    'ERR_JWS_INVALID',
    'ERR_JWS_SIGNATURE_VERIFICATION_FAILED',
    'ERR_JWT_CLAIM_VALIDATION_FAILED',
    'ERR_JWT_EXPIRED',
    'ERR_JWT_INVALID',
    'credentials_bad_format',
    'credentials_bad_scheme',
    'credentials_required',
    'invalid_token',
    'revoked_token',
  ],
  network: ['ERR_JWKS_TIMEOUT'],
  external_service: ['ERR_JOSE_GENERIC'],
};

/**
 * Codes of errors about OAuth 2 and OpenID Connect. An error that the server answered (`OAUTH_RESPONSE_BODY_ERROR`) is not
 * here: what its `error` says decides.
 *
 * Source: oauth4webapi documentation, "Constants"; openid-client documentation, "ClientError".
 */
export const OAUTH_CODES: CodesByCategory = {
  authentication: [
    'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED',
    'OAUTH_JWT_CLAIM_COMPARISON_FAILED',
    'OAUTH_JWT_TIMESTAMP_CHECK_FAILED',
    'OAUTH_JWT_USERINFO_EXPECTED',
    'OAUTH_KEY_SELECTION_FAILED',
    'OAUTH_WWW_AUTHENTICATE_CHALLENGE',
  ],
  network: ['OAUTH_TIMEOUT'],
  external_service: [
    'OAUTH_INVALID_RESPONSE',
    'OAUTH_INVALID_SERVER_METADATA',
    'OAUTH_MISSING_SERVER_METADATA',
    'OAUTH_PARSE_ERROR',
    'OAUTH_RESPONSE_IS_NOT_CONFORM',
    'OAUTH_RESPONSE_IS_NOT_JSON',
    'OAUTH_UNSUPPORTED_OPERATION',
  ],
  system: ['OAUTH_HTTP_REQUEST_FORBIDDEN', 'OAUTH_INVALID_REQUEST', 'OAUTH_REQUEST_PROTOCOL_FORBIDDEN'],
};

/**
 * What an authorization server answers in `error`.
 *
 * Sources: RFC 6749, sections 4.1.2.1 and 5.2; RFC 6750, section 3.1; RFC 8628, section 3.5; RFC 9449, section 7;
 * OpenID Connect Core 1.0, section 3.1.2.6.
 */
export const OAUTH_ERRORS: CodesByCategory = {
  authentication: [
    'access_denied',
    'account_selection_required',
    'authorization_pending',
    'consent_required',
    'expired_token',
    'insufficient_scope',
    'interaction_required',
    'invalid_client',
    'invalid_dpop_proof',
    'invalid_grant',
    'invalid_request',
    'invalid_scope',
    'invalid_token',
    'login_required',
    'slow_down',
    'unauthorized_client',
    'unsupported_grant_type',
    'unsupported_response_type',
    'use_dpop_nonce',
  ],
  external_service: ['server_error', 'temporarily_unavailable'],
};
