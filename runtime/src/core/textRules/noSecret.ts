import { beginsSentence, isHarmlessValue } from './harmlessValues.ts';
import type { Value } from './values.ts';

/** Names of errors, and of what is about a secret without being one. */
const ABOUT_A_SECRET =
  /(?:error|exception|warning|fault|file|path|stdin|stdout|timeout|length|count|size|ttl|type|url|uri|endpoint|expiry|expires|expired|expires_?(?:at|in)|policy|enabled|required|algorithm|strategy|provider|version|status|store|service|server|host|port|proxy|middleware|controller|handler|module|plugin|class|keyname)$/i;

/** Whether a key is the name of an error, or of what is about a secret without being one: `tokenType`. */
export function isAboutSecret(key: string): boolean {
  return ABOUT_A_SECRET.test(key);
}

/** A key and what stands behind it. */
export interface Assignment extends Value {
  readonly key: string;
  readonly separator: string;
  /** Between separator and value. */
  readonly space: string;
  /** Nobody writes the name of a host so. */
  readonly isKeyQuoted?: boolean;
  /** Words before and behind, on the same line. */
  readonly near: () => string;
}

/** Code, in the lines around an error: where a value comes from. */
const SOURCE =
  /^(?:(?:req|request|ctx|context|this|config|options|props|self)\.[\w.]{1,256}|process\.env\.[A-Z_][A-Z\d_]{0,64})$/;

/** What stands around such in code and in no other text: a declaration, a condition, the call of a function. */
const STATEMENT = /\b(?:const|let|var) [\w$]{1,64} ?=|\bif \([^)]{0,64}={2,3}|=> ?[({\w]|\breturn \{/;
const CALL = /\b(?:await|async|function)(?: [\w.$]{1,64})? ?\(/;

/** `const token = req.it`, `password: config.password`: by itself a word with a full stop in it may be the secret. */
function isCode(key: string, value: string, near: () => string): boolean {
  if (/^(?:await|async|function)$/.test(value)) return CALL.test(near());
  if (!SOURCE.test(value)) return false;
  const name = value.slice(value.lastIndexOf('.') + 1).toLowerCase();
  return value.startsWith('process.env.') || name.endsWith(key.toLowerCase()) || STATEMENT.test(near());
}

/** Whether what stands behind a sensitive key is no secret for all that. Takes no longer for long values. */
export function isNoSecret({ key, separator, space, value, isEnclosed, isKeyQuoted, near }: Assignment): boolean {
  if (isHarmlessValue(value) || isCount(key, value) || isConnectionString(key, value)) return true;
  if (isEnclosed) return false;
  if (isSignalOrHost(key, value) || isCountOfTests(key, value, near)) return true;
  if (isCode(key, value, near) || value === `:${key}` || value === `@${key}`) return true;
  if (/^\d{1,7}(?:\.\d{1,6})?(?:ns|µs|us|ms|s)$/.test(value)) return !SECRET_NUMBER.test(key);
  // `secret= user=ada`: there is none.
  if (separator === '=') return space !== '' && /^[\w.-]{1,40}=(?!=|$)/.test(value);
  return (
    separator === ':' && (space === '' ? isKeyQuoted !== true && isPlaceOrVersion(key, value) : isSentence(key, value))
  );
}

/** Keys that are also what people write about: `auth: user not found`. */
const SUBJECT = /^(?:auth|oauth2?|authentication|authorization|session|cookie|card|csrf|xsrf|signature|dsn|jwt|otp)$/i;

/** What such sentences are about. Any other word may be the secret. */
const SUBJECTS_OF_SENTENCES: ReadonlySet<string> = new Set(
  'user users account accounts client member customer tenant admin owner request response charge payment issuer'
    .concat(' session token cookie card key header login logout service server provider handler middleware store')
    .split(' '),
);

function isSentence(key: string, value: string): boolean {
  return beginsSentence(value) || (SUBJECT.test(key) && SUBJECTS_OF_SENTENCES.has(value));
}

const SIGNALS =
  /^SIG(?:ABRT|ALRM|BREAK|BUS|CHLD|CONT|EMT|FPE|HUP|ILL|INFO|INT|IO|IOT|KILL|LOST|PIPE|POLL|PROF|PWR|QUIT|RTMAX|RTMIN|SEGV|STKFLT|STOP|SYS|TERM|TRAP|TSTP|TTIN|TTOU|URG|USR1|USR2|VTALRM|WINCH|XCPU|XFSZ)$/;

/** Three words with full stops between them may be a secret, but not where the last is one with which hosts end. */
const HOST =
  /^(?:localhost|(?:[\w-]{1,63}\.){1,8}(?:com|net|org|io|dev|app|cloud|tech|local|internal|localdomain|svc|lan|test|example|invalid|eu|de|fr|nl|uk|us|ch|at)|[\w-]{1,63}(?=:\d))(?::\d{1,5})?[.,]?$/i;

/** `sig=SIGTERM`, `dsn: sentry.io`. */
function isSignalOrHost(key: string, value: string): boolean {
  return /^sig(?:nature)?$/i.test(key) ? SIGNALS.test(value) : /dsn$/i.test(key) && HOST.test(value);
}

/** What says that tests are counted: `12 tests`, `fail=3`. That something failed says nothing of the kind. */
const COUNTS_OF_TESTS =
  /\b(?:tests|specs|suites|assertions)\b|\d (?:test|spec|suite|assertion)\b|\b(?:fail|failed|failures|skip|skipped)["']?[=:] ?\d/i;

/** `Tests: pass=12`. Six digits are a code sooner than a number of tests, and so are those that begin with 0. */
function isCountOfTests(key: string, value: string, near: () => string): boolean {
  return /^pass$/i.test(key) && /^(?:0|[1-9]\d{0,4})$/.test(value) && COUNTS_OF_TESTS.test(near());
}

/** `prompt_tokens=512`: how many there are. Of passwords and PINs nobody has a hundred; their digits may be one. */
function isCount(key: string, value: string): boolean {
  if (!/[^s]s$/i.test(key)) return false;
  return (/(?:tokens|sessions|cookies|cards|signatures)$/i.test(key) ? /^\d{1,7}$/ : /^\d{1,2}$/).test(value);
}

/** User and password are found in it by rules of their own; the host is what an engineer looks for. undici ends a message so. */
function isConnectionString(key: string, value: string): boolean {
  return (
    /(?:dsn|connection_?string|credentials)$/i.test(key) &&
    /^\W?(?:[\w+.-]{1,30}:\/\/|[\w ]{1,30}=(?=[^=\s]))/.test(value)
  );
}

/** Keys of which even a few digits are a secret. */
const SECRET_NUMBER =
  /(?:pin|otp|cvv|cvc|pan|ssn|pass|code|password|passwd|pwd|passphrase|secret|key|sid|jwt|sig|signature|credentials?)\d?$/i;

/** Names of hosts have neither. */
const NO_HOST = /[a-z][A-Z]|_/;

/** `auth:8080/health`, `session:10:5`, `oauth2-proxy:v7.4.0`. */
function isPlaceOrVersion(key: string, value: string): boolean {
  if (/^\d{1,5}(?![\w.-])/.test(value)) return !SECRET_NUMBER.test(key) && !NO_HOST.test(key);
  return /^v?\d{1,4}\.\d{1,4}(?:\.\d{1,6})?(?:-[\w.]{1,64})?$/.test(value);
}
