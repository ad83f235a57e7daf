import { REDACTED } from '../redaction.ts';
import { type BuiltInTextRule, patternRule } from './builtInTextRule.ts';
import { SIGN } from './textSigns.ts';

/**
 * User name and password of a URL or connection string, up to the last `@` before the path. Where what follows the first
 * colon is no port, slashes belong to a password that nobody encoded. `git@` is no name of anybody.
 */
const USER_INFO = patternRule({
  name: 'url-credentials',
  signs: SIGN.AT | SIGN.COLON,
  pattern:
    /(:\/\/)(?!git@)(?:[^\s/?#"'<>`\\]{1,1024}@|[^\s/?#"'<>`\\:@[]{0,64}:(?!\d{0,5}(?:[/?#,]|$))[^\s"'<>`\\]{0,256}@)/g,
  replace: `$1${REDACTED}@`,
});

/** `user:password@tcp(host:3306)/db` of Go's MySQL driver, and `jdbc:oracle:thin:user/password@`. */
const DRIVER_CREDENTIALS = patternRule({
  name: 'driver-credentials',
  signs: SIGN.AT | SIGN.COLON,
  oneOf: ['@tcp(', '@unix(', 'jdbc:oracle:'],
  pattern:
    /(?<![^\s"'`=([,])[^\s:/"'`=([,]{1,64}:[^\s"'`]{1,128}(?=@(?:tcp|unix)\()|(?<=\bjdbc:oracle:(?:thin|oci):)[^\s@"']{1,128}(?=@)/g,
});

/** Addresses to post to, of which whoever knows them may: of Slack, Discord, Microsoft Teams, Telegram. */
const WEBHOOK = patternRule({
  name: 'webhook',
  signs: SIGN.SLASH,
  oneOf: ['.com/', '.telegram.org/'],
  pattern:
    /(hooks\.slack\.com\/(?:services|workflows|triggers)\/|discord(?:app)?\.com\/api\/webhooks\/|webhook\.office\.com\/webhookb2\/|api\.telegram\.org\/(?:file\/)?bot)[\w:/@.%-]+/g,
  replace: `$1${REDACTED}`,
});

/** Parameters of a query whose names say little elsewhere: `?code=…` of OAuth, `?key=…` of Google. */
const QUERY_PARAMETER = patternRule({
  name: 'query-parameter',
  signs: SIGN.EQUALS,
  pattern: /([?&](key|code|assertion|ticket|state|nonce|k|samlresponse)=)([^\s&#"'<>`]{12,})/gi,
  replace: (found, head = '', name = '', value = '') =>
    name.toLowerCase() === 'code' && isCodeOfError(value) ? found : head + REDACTED,
});

/**
 * Short codes of OAuth, of devices and of letters to confirm an address: digits, small letters with digits or capital ones,
 * capital letters behind digits.
 */
const SHORT_CODE = patternRule({
  name: 'query-code',
  signs: SIGN.EQUALS,
  oneOf: ['code='],
  pattern:
    /([?&]code=)(\d{6,11}|(?=[\w-]{0,10}[a-z])(?=[\w-]{0,10}[A-Z\d])[\w-]{6,11}|(?=[A-Z-]{0,9}\d[\d-]{0,9}[A-Z])[A-Z\d-]{6,11})(?![\w%.~+/-])/g,
  replace: (found, head = '', value = '') => (isCodeOfError(value) ? found : head + REDACTED),
});

/** `ECONNREFUSED`, `ERR_HTTP2_ERROR`, `AADSTS700016`, `ValidationException`: what has the form of no code that is given once. */
const FORM_OF_ERROR =
  /^(?:E[A-Z]{2,20}|[A-Z]{2,20}(?:_[A-Z]{1,20}\d{0,3}){1,10}|AADSTS\d{4,8}|[A-Z][A-Za-z]{2,60}(?:Error|Exception))$/;

/** Words that are written as a code is: those of OAuth, of S3 and of gRPC. */
const NAMES_OF_ERRORS: ReadonlySet<string> = new Set(
  [
    'invalid_request invalid_client invalid_grant invalid_scope invalid_token unauthorized_client access_denied',
    'unsupported_grant_type unsupported_response_type insufficient_scope server_error temporarily_unavailable',
    'authorization_pending expired_token login_required consent_required interaction_required',
    'AccessDenied BadRequest Conflict Forbidden InternalServerError InvalidRequest NoSuchBucket NoSuchKey NotFound',
    'PreconditionFailed RequestTimeout ServiceUnavailable SlowDown Throttling TooManyRequests Unauthorized',
    'accessDenied badRequest notFound alreadyExists invalidArgument permissionDenied UNAUTHENTICATED UNIMPLEMENTED',
  ]
    .join(' ')
    .split(' '),
);

function isCodeOfError(value: string): boolean {
  return FORM_OF_ERROR.test(value) || NAMES_OF_ERRORS.has(value);
}

/** What URLs and connection strings hold. */
export const URL_RULES: readonly BuiltInTextRule[] = [
  USER_INFO,
  DRIVER_CREDENTIALS,
  WEBHOOK,
  QUERY_PARAMETER,
  SHORT_CODE,
];
