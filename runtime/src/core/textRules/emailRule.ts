import { REDACTED } from '../redaction.ts';
import type { BuiltInTextRule } from './builtInTextRule.ts';
import { SIGN } from './textSigns.ts';

/** Ends of file names and of units that look like domains: `icon@2x.png`, `getty@tty1.service`. */
const NO_DOMAIN =
  '(?:js|ts|mjs|cjs|jsx|tsx|json|map|css|scss|html|png|jpe?g|gif|svg|webp|service|socket|timer|tgz|zip|node|py|rb|go|rs)';

/** Looked for from its middle, as there are few `@` in a text. `git@` is no name of anybody. */
const ADDRESS = new RegExp(
  String.raw`(?:@|%40)(?<=(?<![\p{L}\p{N}_])(?!git(?:@|%40))([\p{L}\p{N}_][\p{L}\p{N}._%+'-]{0,127})(?:@|%40))` +
    // A version: `express@4.18.2`, `mod@v1.2.0-rc.one`, or the size of an image.
    String.raw`(?!v?\d+\.\d|\dx\.)` +
    String.raw`(?:[\p{L}\p{N}-]{1,63}\.){1,8}(?!${NO_DOMAIN}(?![\p{L}\p{N}-]))\p{L}{2,24}(?![\p{L}\p{N}_])`,
  'gu',
);

/** E-mail addresses, also as a URL writes them. */
export const EMAIL_RULE: BuiltInTextRule = { name: 'email', signs: SIGN.AT, redact: redactAddresses };

function redactAddresses(text: string): string {
  let redacted = '';
  let from = 0;
  for (const { 0: rest, 1: name = '', index } of text.matchAll(ADDRESS)) {
    redacted += text.slice(from, Math.max(from, index - name.length)) + REDACTED;
    from = index + rest.length;
  }
  return from === 0 ? text : redacted + text.slice(from);
}
