import { REDACTED } from '../redaction.ts';
import { isSensitiveKey } from '../sensitiveKey.ts';
import { isHarmlessValue } from './harmlessValues.ts';
import { type BuiltInTextRule, patternRule } from './builtInTextRule.ts';
import { SIGN } from './textSigns.ts';

/** `password 'hunter2'`, `IDENTIFIED BY '…'`: a value in quotes behind the word for it. */
const QUOTED_AFTER_WORD = patternRule({
  name: 'quoted-secret',
  signs: SIGN.QUOTE,
  pattern:
    /((?:\b(?<!unexpected )(?:pwd|pin|otp|cvv|jwt|(?:(?:access|refresh|auth|id|csrf|session)[ _-]?)?token|session[ _-]?id|identified (?:with \w{1,40} )?by)|password|passphrase|passwd|passcode|client[ _-]?secret|(?:api|access|secret|encryption)[ _-]?key)[ \t]{1,4})(["'`])([^"'`\r\n]{1,1024})\2/gi,
  replace: (found, head = '', quote = '', value = '') =>
    isHarmlessValue(value) ? found : `${head}${quote}${REDACTED}${quote}`,
});

/** A row that PostgreSQL quotes in the detail of an error. */
const ROW_OF_DATABASE = patternRule({
  name: 'database-row',
  signs: SIGN.PLUS,
  oneOf: ['Failing row contains ('],
  pattern: /(Failing row contains \()([^\r\n]*)/g,
  replace: (_found, head = '', row = '') => head + REDACTED + (/\)?\.?$/.exec(row)?.[0] ?? ''),
});

/** Arguments that Redis quotes. */
const ARGUMENTS_OF_DATABASE = patternRule({
  name: 'database-arguments',
  signs: SIGN.COLON,
  oneOf: ['with args beginning with: '],
  pattern: /(with args beginning with: )[^\r\n]+/g,
  replace: `$1${REDACTED}`,
});

const KEY_OF_DATABASE = patternRule({
  name: 'database-key',
  signs: SIGN.EQUALS,
  pattern: /\b(Key \(([^()\r\n]{1,512})\)=\()((?:[^)\r\n]|\)(?![ .]|$))*)/gm,
  replace: (found, head = '', columns = '') =>
    columns.split(',').some((column) => isSensitiveKey(column)) ? head + REDACTED : found,
});

/** `<password>…</password>`, and parts of a form. */
const ELEMENT = patternRule({
  name: 'sensitive-element',
  signs: SIGN.ANGLE,
  pattern: /(<(?:\w{1,20}:)?([\w-]{1,64})(?: [^<>]{0,256})?>)([^<]{1,2048})(?=<\/)/g,
  replace: (found, head = '', name = '', value = '') =>
    isSensitiveKey(name) && !isHarmlessValue(value.trim()) ? head + REDACTED : found,
});

/** `<input name="password" value="…">`, its attributes in any order. */
const INPUT = patternRule({
  name: 'sensitive-input',
  signs: SIGN.ANGLE,
  oneOf: ['<input', '<INPUT'],
  pattern: /<input\s[^<>]{1,2048}/gi,
  replace: (found) => (isSensitiveInput(found) ? found.replace(VALUE_ATTRIBUTE, replacedAttribute) : found),
});

const NAMING_ATTRIBUTE = /\s(?:name|id|type|autocomplete)=\\*["']?([\w-]{1,64})/gi;
const VALUE_ATTRIBUTE = /(\svalue=)(\\*["']|)([^"'\\>]*)/gi;

function isSensitiveInput(element: string): boolean {
  return Array.from(element.matchAll(NAMING_ATTRIBUTE)).some(([, name = '']) => isSensitiveKey(name));
}

function replacedAttribute(found: string, head: string, quote: string, value: string): string {
  if (isHarmlessValue(value)) return found;
  return head + quote + REDACTED + (quote === '' ? (/\s.*$/s.exec(value)?.[0] ?? '') : '');
}

const FORM_PART = patternRule({
  name: 'sensitive-form-part',
  signs: SIGN.QUOTE | SIGN.EQUALS,
  pattern: /(\bname="([^"\r\n]{1,64})"(?:\r?\n|\\r\\n)(?:\r?\n|\\r\\n))([^\r\n]+?)(?=\r|\n|\\r|$)/g,
  replace: (found, head = '', name = '') => (isSensitiveKey(name) ? head + REDACTED : found),
});

/** What stands behind a word for a secret, or where a database, a document or a form has put it. */
export const QUOTED_VALUE_RULES: readonly BuiltInTextRule[] = [
  QUOTED_AFTER_WORD,
  ROW_OF_DATABASE,
  ARGUMENTS_OF_DATABASE,
  KEY_OF_DATABASE,
  ELEMENT,
  INPUT,
  FORM_PART,
];
