import { REDACTED } from '../redaction.ts';
import { isSensitiveKey } from '../sensitiveKey.ts';
import type { BuiltInTextRule } from './builtInTextRule.ts';
import { isHarmlessValue } from './harmlessValues.ts';
import { isAboutSecret } from './noSecret.ts';
import { SIGN } from './textSigns.ts';
import { startsAt } from './values.ts';

/** A name in quotation marks, perhaps escaped, and the comma behind it. */
const NAME = /(["'])([\w-]{3,64})\\{0,7}\1,[ \t\r\n]{0,64}(?=\\{0,7}["'])/g;

const VALUE = /(\\{0,7}(["']))((?:(?!\2)[^\\\r\n]|\\+(?!["'\\\r\n]))*)/y;

/** `"name":"password","rules":…`: what follows is a key. */
const END_OF_KEY = /\\{0,7}["']\s?(?::|=>)/y;

/** What a list of names of headers has behind a name: `['X-Api-Key', 'Content-Type']`. */
const NAME_OF_HEADER = /^[A-Za-z]+(?:-[A-Za-z]+)*$/;

/**
 * `rawHeaders: [ 'X-Api-Key', '…' ]`, as Node has the headers of a message: names and values in turn. Elsewhere in a list, names
 * with a dash are taken for those of headers, as `password` may be one of many fields.
 */
export const HEADER_PAIR_RULE: BuiltInTextRule = {
  name: 'header-pair',
  signs: SIGN.QUOTE | SIGN.SEPARATOR,
  redact: (text) => (text.includes('",') || text.includes("',") ? redactPairs(text) : text),
};

function redactPairs(text: string): string {
  let redacted = '';
  let from = 0;
  let listAt: number | undefined;
  NAME.lastIndex = 0;
  for (let found = NAME.exec(text); found !== null; found = NAME.exec(text)) {
    const [whole, , name = ''] = found;
    if (!isSensitiveKey(name) || isAboutSecret(name)) continue;
    const start = found.index + whole.length;
    listAt ??= placeOf('rawHeaders', text);
    const isInList = listAt < found.index;
    const [, quote = '', , value = ''] = startsAt(VALUE, text, start) ?? [];
    if (isHarmlessValue(value) || (!isInList && (!name.includes('-') || NAME_OF_HEADER.test(value)))) continue;
    const end = start + quote.length + value.length;
    if (startsAt(END_OF_KEY, text, end) !== null) continue;
    redacted += text.slice(from, start) + quote + REDACTED;
    from = end;
    NAME.lastIndex = from;
  }
  return from === 0 ? text : redacted + text.slice(from);
}

/** Behind the text where it is not in it. */
function placeOf(part: string, text: string): number {
  const at = text.indexOf(part);
  return at === -1 ? text.length : at;
}
