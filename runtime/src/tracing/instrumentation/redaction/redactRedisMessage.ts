/**
 * What Redis answers in words of its own, with nothing of the command in it. Everything else that it answers may quote
 * arguments (`ERR unknown command 'x', with args beginning with: …`) or come from a script.
 */
const OWN_WORDS = new Set([
  'WRONGTYPE Operation against a key holding the wrong kind of value',
  'WRONGPASS invalid username-password pair or user is disabled.',
  'NOAUTH Authentication required.',
  'ERR value is not an integer or out of range',
  'ERR value is not a valid float',
  'ERR syntax error',
  'ERR no such key',
  'ERR index out of range',
  'ERR EXEC without MULTI',
  'ERR DISCARD without MULTI',
  'ERR MULTI calls can not be nested',
  'EXECABORT Transaction discarded because of previous errors.',
  'NOSCRIPT No matching script. Please use EVAL.',
  "OOM command not allowed when used memory > 'maxmemory'.",
  "READONLY You can't write against a read only replica.",
  'LOADING Redis is loading the dataset in memory',
  'BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE.',
  'BUSYGROUP Consumer Group name already exists',
  'BUSYKEY Target key name already exists.',
  "MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.",
  'CLUSTERDOWN The cluster is down',
  'CLUSTERDOWN Hash slot not served',
  "CROSSSLOT Keys in request don't hash to the same slot",
  'TRYAGAIN Multiple keys request during rehashing of slot',
]);

/** Answers with a name in them that the protocol defines. */
const OWN_WORDS_WITH_NAMES = [
  /^ERR wrong number of arguments for '[a-z|-]{1,40}' command$/,
  /^(?:MOVED|ASK) \d{1,5} [\w.:-]{1,255}$/,
];

/** Words that such answers begin with. One that is not here may be a script's. */
const CODES = new Set([
  ...['ERR', 'WRONGTYPE', 'WRONGPASS', 'NOAUTH', 'NOPERM', 'NOPROTO', 'EXECABORT', 'NOSCRIPT', 'OOM', 'READONLY'],
  ...['LOADING', 'BUSY', 'BUSYGROUP', 'BUSYKEY', 'MASTERDOWN', 'CLUSTERDOWN', 'CROSSSLOT', 'TRYAGAIN', 'MISCONF'],
  ...['MOVED', 'ASK', 'NOREPLICAS', 'NOGOODSLAVE', 'NOTBUSY', 'UNKILLABLE', 'INPROG', 'IOERR', 'NOMASTERLINK'],
]);

/** Whether a text is an answer of Redis, by the word that it begins with. */
export function isRedisAnswer(message: string): boolean {
  return CODES.has(codeOf(message));
}

/**
 * An error that Redis answered, without what the application sent: the whole of it where it is one of Redis' own
 * sentences, otherwise the code that it begins with.
 */
export function redactRedisMessage(message: string): string {
  const text = message.trim();
  if (OWN_WORDS.has(text) || OWN_WORDS_WITH_NAMES.some((sentence) => sentence.test(text))) return text;
  const code = codeOf(text);
  return CODES.has(code) ? `${code} (redacted)` : 'Redis error (redacted)';
}

function codeOf(message: string): string {
  const space = message.indexOf(' ');
  return space === -1 ? message : message.slice(0, space);
}
