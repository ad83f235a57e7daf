import type { CodesByCategory } from '../codeTable.ts';

/**
 * Codes of undici, which `fetch` is made of. What it was asked wrongly, or after its end, is `system`. An aborted request is
 * not here: the code does not tell why somebody gave up.
 *
 * Source: undici documentation, "Errors"; undici 8, lib/core/errors.js.
 */
export const UNDICI_CODES: CodesByCategory = {
  network: [
    'UND_ERR_BODY_TIMEOUT',
    'UND_ERR_BPL_MISSING_UPSTREAM',
    'UND_ERR_CONNECT_TIMEOUT',
    'UND_ERR_HEADERS_OVERFLOW',
    'UND_ERR_HEADERS_TIMEOUT',
    'UND_ERR_INFO',
    'UND_ERR_PRX_CONN',
    'UND_ERR_PRX_TLS',
    'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
    'UND_ERR_SOCKET',
    'UND_ERR_SOCKS5',
    'UND_ERR_WS_MESSAGE_SIZE_EXCEEDED',
  ],
  external_service: ['UND_ERR_REDIRECT_MAX', 'UND_ERR_REQ_RETRY', 'UND_ERR_RES_EXCEEDED_MAX_SIZE'],
  system: [
    'UND_ERR_CLOSED',
    'UND_ERR_DESTROYED',
    'UND_ERR_INVALID_ARG',
    'UND_ERR_INVALID_RETURN_VALUE',
    'UND_ERR_MAX_ORIGINS_REACHED',
    'UND_ERR_NOT_SUPPORTED',
    'UND_ERR_REQ_CONTENT_LENGTH_MISMATCH',
    'UND_MOCK_ERR_MOCK_NOT_MATCHED',
  ],
};

/**
 * Codes of axios, got, node-fetch, superagent and ws. Those of an answer (`ERR_BAD_REQUEST`) are `external_service` unless
 * its status tells more.
 *
 * Sources: axios documentation, "Error types"; got documentation, "Errors"; node-fetch, docs/ERROR-HANDLING.md;
 * ws, doc/ws.md, "Error codes".
 */
export const HTTP_CLIENT_CODES: CodesByCategory = {
  network: ['ERR_NETWORK', 'ERR_BODY_READ', 'ERR_READING_RESPONSE_STREAM', 'ERR_UPLOAD', 'ERR_CACHE_ACCESS'],
  external_service: [
    'ERR_BAD_REQUEST',
    'ERR_BAD_RESPONSE',
    'ERR_BODY_PARSE_FAILURE',
    'ERR_FR_TOO_MANY_REDIRECTS',
    'ERR_NON_2XX_3XX_RESPONSE',
    'ERR_RETRYING',
    'ERR_TOO_MANY_REDIRECTS',
    'UND_ERR_RESPONSE',
    'UND_ERR_RESPONSE_STATUS_CODE',
  ],
  system: ['ERR_BAD_OPTION', 'ERR_BAD_OPTION_VALUE', 'ERR_DEPRECATED', 'ERR_NOT_SUPPORT', 'ERR_GOT_REQUEST_ERROR'],
};

/** The same of ws, by how they begin. */
export const HTTP_CLIENT_PREFIXES: CodesByCategory = { network: ['WS_ERR_'] };

/**
 * Classes of errors that stand for another's answer: of axios, got, ky, undici, ofetch, wretch, @kubernetes/client-node, AWS,
 * Stripe, Octokit, OpenAI, Google, Azure, Twilio, Mailgun, Vercel's ai and SendGrid. Their status says what was answered to us, and not
 * what we answered.
 */
export const ANSWER_ERRORS: readonly string[] = [
  'AI_APICallError',
  'APIError',
  'ApiError',
  'ApiException',
  'ApiResponseError',
  'AxiosError',
  'FetchError',
  'GaxiosError',
  'GraphQLClientError',
  'HTTPError',
  'HTTPResponseError',
  'HttpRequestError',
  'HttpResponseError',
  'MailgunAPIError',
  'OctokitError',
  'RequestError',
  'ResponseError',
  'ResponseStatusCodeError',
  'RestError',
  'RestException',
  'ServiceException',
  'StripeAPIError',
  'StripeError',
  'StripeRateLimitError',
  'TwilioError',
  'UpstreamError',
  'WebhookError',
  'WretchError',
];
