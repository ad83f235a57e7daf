import { REDACTED } from '../redaction.ts';
import { isSensitiveKey } from '../sensitiveKey.ts';
import type { BuiltInTextRule } from './builtInTextRule.ts';
import { isAboutSecret, isNoSecret } from './noSecret.ts';
import { SIGN } from './textSigns.ts';
import { startsAt } from './values.ts';

/** `%`, also as a URL in a URL in a URL writes it. */
const PERCENT = '%(?:25){0,3}';

/** A key and `%3D` or `%3A`, perhaps with quotation marks or brackets around the key and before the value. */
const KEY = new RegExp(
  String.raw`(?:(?<![A-Za-z_$%-])(?<!${PERCENT}[0-9A-Fa-f])|(?<=${PERCENT}[0-9A-Fa-f]{2}))([A-Za-z_$][\w$-]{2,63})(?:${PERCENT}(?:22|27|5D)){0,2}(?:${PERCENT}5B\d{0,3}${PERCENT}5D)?` +
    String.raw`${PERCENT}3(?:D|A(?!${PERCENT}2F))(?:${PERCENT}(?:20|22|27)|\+){0,4}`,
  'gi',
);

const QUOTE = new RegExp(`^${PERCENT}2[27]`);

/** Without it no name is looked for. */
const ENCODED = new RegExp(String.raw`${PERCENT}3[AD]`, 'i');

/** To what ends a value in a form or in JSON, as a URL writes it. */
const VALUE = new RegExp(String.raw`(?:[^\s"'\x60<>&%\\]|%(?!(?:25){0,3}(?:0A|0D|20|22|26|27|2C|3B|5D|7D)))+`, 'iy');

/** `password%3D…`, `%22apiKey%22%3A%22…`: what has a sensitive key, in a part of a URL. */
export const ENCODED_ASSIGNMENT_RULE: BuiltInTextRule = {
  name: 'encoded-sensitive-key',
  signs: SIGN.AT,
  redact: (text) => (text.includes('%') && ENCODED.test(text) ? redactEncoded(text) : text),
};

function redactEncoded(text: string): string {
  let redacted = '';
  let from = 0;
  KEY.lastIndex = 0;
  for (let found = KEY.exec(text); found !== null; found = KEY.exec(text)) {
    const [whole, key = ''] = found;
    const start = found.index + whole.length;
    const value = isSensitiveKey(key) && !isAboutSecret(key) ? startsAt(VALUE, text, start)?.[0] : undefined;
    if (value === undefined) continue;
    const separator = /3D/i.test(whole.slice(key.length)) ? '=' : ':';
    const isKeyQuoted = QUOTE.test(whole.slice(key.length));
    if (isNoSecret({ key, separator, space: '', value, isEnclosed: false, isKeyQuoted, near: () => '' })) continue;
    redacted += text.slice(from, start) + REDACTED;
    from = start + value.length;
    KEY.lastIndex = from;
  }
  return from === 0 ? text : redacted + text.slice(from);
}
