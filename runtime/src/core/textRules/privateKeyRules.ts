import { type BuiltInTextRule, patternRule } from './builtInTextRule.ts';
import { SIGN } from './textSigns.ts';

/** The lines in which PEM and PGP write a private key, to the end of a text that was cut within it. */
const PRIVATE_KEY = patternRule({
  name: 'private-key',
  signs: SIGN.DASH,
  oneOf: ['PRIVATE KEY'],
  pattern:
    /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----(?=[\s\\]|[A-Za-z0-9+/=]{16})(?:[^-"'`<>]|-(?!----))*(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----)?/g,
});

/** The private members of a JSON web key. */
const JSON_WEB_KEY = patternRule({
  name: 'json-web-key',
  signs: SIGN.COLON,
  oneOf: ['kty'],
  pattern: /((?<![\w])(?:d|p|q|dp|dq|qi|k)\\*["']?[ \t]{0,8}:[ \t]{0,8}\\*["'])[A-Za-z0-9_-]{20,}/g,
  replace: '$1[redacted]',
});

/** Private keys. */
export const PRIVATE_KEY_RULES: readonly BuiltInTextRule[] = [PRIVATE_KEY, JSON_WEB_KEY];
