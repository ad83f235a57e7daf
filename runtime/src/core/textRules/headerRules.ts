import { REDACTED } from '../redaction.ts';
import { isHarmlessValue } from './harmlessValues.ts';
import { type BuiltInTextRule, patternRule } from './builtInTextRule.ts';
import { SIGN } from './textSigns.ts';

const QUOTED = String.raw`"(?:[^"\\\r\n]|\\[^\r\n])*"?|'(?:[^'\\\r\n]|\\[^\r\n])*'?`;
const ESCAPED = String.raw`\\{1,7}["'](?:[^"'\r\n]|(?<=\\\\\\)["'])*["']?`;
const LIST = String.raw`\[[^\]\r\n]{1,4096}\]?`;

const SEPARATOR = String.raw`\\{0,7}["'\x60]?[ \t]{0,8}(?:=>|:=|:(?!=)|={1,3}(?![=>])|,(?=[ \t\r\n]{0,8}\\{0,7}["']))[ \t\r\n]{0,8}(?!(?:[a-z][\w-]{1,20} )?\[redacted\])`;

/** Their values are words with spaces between them, unlike others: a scheme and what it needs, a list of cookies. */
const AUTHORIZATION = patternRule({
  name: 'authorization',
  signs: SIGN.SEPARATOR,
  pattern: new RegExp(
    String.raw`((?:proxy-)?authorization${SEPARATOR})(?:(${QUOTED}|${ESCAPED}|${LIST})|(?:(?:bearer|basic|token|apikey|negotiate)[ \t]+)([^\s"',;]+)|([A-Za-z][\w-]{2,40}[ \t]+\w+(?==)(?:[^\r\n"'\x60=]|=(?:"[^"\r\n]*"|'[^'\r\n]*')?)+)|((?![{|>]|[bBuUrR]{1,2}["']|\[\r?\n|Buffer\.from\()[^\s"'\x60,;]+))`,
    'gi',
  ),
  replace: (found, head = '', quoted, token, parameters, other) =>
    withoutValue(found, head, quoted ?? token ?? parameters ?? other ?? ''),
});

const COOKIE = patternRule({
  name: 'cookie',
  signs: SIGN.SEPARATOR,
  pattern: new RegExp(
    String.raw`(cookie2?${SEPARATOR})(?:(${QUOTED}|${ESCAPED}|${LIST})|([\w!#$%&*+.^~|-]+=[^\s;,"'\x60]*(?:; ?[^\s;,"'\x60]+|, ?[\w-]+=[^\s;,"'\x60]+)*))`,
    'gi',
  ),
  replace: (found, head = '', quoted, pairs) => withoutValue(found, head, quoted ?? pairs ?? ''),
});

/** `Bearer` and a token, `Basic` and credentials, wherever they stand. */
const SCHEME = patternRule({
  name: 'authorization-scheme',
  signs: 0,
  pattern: /(bearer|basic)(?<=(?:^|[^\w-]|\\[nrt]|%[0-9A-F]{2})(?:bearer|basic))(\s{1,8}|%20|\+)([\w.~+/-]{3,}=*)/gi,
  replace: (found, scheme = '', space = '', token = '') =>
    isProse(scheme, token) ? found : `${scheme}${space}${REDACTED}`,
});

/** What headers hold. */
export const HEADER_RULES: readonly BuiltInTextRule[] = [AUTHORIZATION, COOKIE, SCHEME];

/** Not tried at each of many backslashes. */
const END_QUOTE = /(?<!\\)\\*["']$/;

function withoutValue(found: string, head: string, value: string): string {
  if (isHarmlessValue(value)) return found;
  const scheme = /^(\W{0,9})(bearer|basic|digest|token|negotiate|ntlm|apikey|hawk|aws4-hmac-sha256)[ \t]/i.exec(
    found.slice(head.length),
  );
  const [quote = '', end = ''] =
    /^\\*["']/.exec(value) === null ? [] : [/^\\*["']/.exec(value)?.[0], END_QUOTE.exec(value)?.[0]];
  return `${head}${quote}${scheme === null ? '' : `${scheme[2] ?? ''} `}${REDACTED}${end}`;
}

/** Words that follow `Bearer` in sentences and challenges. */
const AFTER_SCHEME =
  /^(?:tokens?|auth|authentication|authorization|scheme|header|format|realm|error|error_description|is|was|not|required|challenge|credentials?|or|and|token-based|method|type|access|usage|info|information|plan|tier|account|user|support)[=.]?$/i;

function isProse(scheme: string, token: string): boolean {
  if (AFTER_SCHEME.test(token)) return true;
  // Base64 of a name and a password has upper case or digits in it, an English word does not.
  return scheme.toLowerCase() === 'basic' && (token.length < 8 || /^[A-Za-z]?[a-z]*\.?$/.test(token));
}
