/** Values that say nothing, or that somebody has hidden already. */
const NOTHING =
  /^(?:undefined|null|nil|none|true|false|yes|no|nan|\?+|\*{2,}|x{3,}|(?:[a-z][\w-]{1,20} )?<?\[?redacted\]?>?|\$\d{1,3}|%s|\$\{[^{}]{0,64}\}|\{\{[^{}]{0,64}\}\}|\[?filtered\]?|\[?hidden\]?|\[object object\]|\[(?:array|object|function[^\]]{0,64}|getter[^\]]{0,16})\]|\{\}|\[\]|…)$/i;

/** Longer ones are data, and not to be read as often as somebody asks. */
const LONGEST_HARMLESS = 256;

/** Whether a value, quoted or not, keeps nothing that has to be hidden. Takes no longer for long ones. */
export function isHarmlessValue(value: string): boolean {
  if (value.length > LONGEST_HARMLESS) return false;
  const bare = withoutQuotes(value);
  return bare === '' || NOTHING.test(bare);
}

function withoutQuotes(value: string): string {
  let start = 0;
  let end = value.length;
  while (start < end && isQuoteOrBackslash(value.charCodeAt(start))) start += 1;
  while (end > start && isQuoteOrBackslash(value.charCodeAt(end - 1))) end -= 1;
  return value.slice(start, end);
}

function isQuoteOrBackslash(code: number): boolean {
  return code === 0x22 || code === 0x27 || code === 0x60 || code === 0x5c;
}

/**
 * Words with which libraries go on after a field's name and a colon: `password: must be at least 8 characters long`. What
 * else follows is taken for a value.
 */
const SENTENCE_WORDS: ReadonlySet<string> = new Set(
  [
    'must should shall can cannot could may might is are was were has have does do did not no too only',
    'at the this that your please use path string number boolean field fields value values length minimum maximum min max',
    'missing required invalid expected unexpected unknown unsupported unauthorized forbidden denied expired malformed',
    'mismatch wrong incorrect bad failed failure error errors rejected revoked empty contains cast ensure input',
    'authentication authorization header jwt signature connect connection timeout unable validator valid ok got received',
    'bearer basic digest',
  ]
    .join(' ')
    .split(' '),
);

/** Errors of OAuth and the like: `invalid_grant`. */
const ERROR_CODE = /^(?:invalid|expired|missing|unsupported|insufficient|unauthorized|access)_[a-z_]{1,40}$/;

const LONGEST_WORD = 64;

/** Whether a word that follows a colon and a space begins a sentence about the field. */
export function beginsSentence(word: string): boolean {
  if (word.length > LONGEST_WORD) return false;
  return ERROR_CODE.test(word) || SENTENCE_WORDS.has(word.toLowerCase().replace(/[.!?]$/, ''));
}
