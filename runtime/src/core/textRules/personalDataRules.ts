import { REDACTED } from '../redaction.ts';
import { type BuiltInTextRule, patternRule } from './builtInTextRule.ts';
import { CARD_RULE } from './cardRule.ts';
import { IBAN_PATTERN, isIban } from './checkedNumbers.ts';
import { EMAIL_RULE } from './emailRule.ts';
import { SIGN } from './textSigns.ts';

const IBAN = patternRule({
  name: 'iban',
  signs: SIGN.DIGITS,
  pattern: IBAN_PATTERN,
  replace: (found) => (isIban(found) ? REDACTED : found),
});

/** Social security numbers of the USA, as they are written, but for numbers that are never given. */
const SOCIAL_SECURITY = patternRule({
  name: 'social-security-number',
  signs: SIGN.DIGITS | SIGN.DASH,
  pattern:
    /(?:(?<![\w.+-])|(?<=\\[nrt]|%[0-9A-Fa-f]{2}))(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\w]|[.-]\d|-)/g,
});

/**
 * Telephone numbers with a country code, `+49 151 23456789`, and American ones with the area code in parentheses. Digits alone
 * are no more a telephone number than an order's, and stay.
 */
const PHONE = patternRule({
  name: 'phone',
  signs: SIGN.DIGITS | SIGN.PLUS,
  pattern:
    /(?<![\w+.)])\+[1-9](?:[ \u00a0./()-]{0,2}\d){8,14}(?![\w]|[.:]\d)|(?<![\w(])\([2-9]\d{2}\)[ -]?[2-9]\d{2}[ .-]\d{4}(?!\w)/g,
});

/** What is known to be about a person. An IBAN may have digits in it that could be a card's. */
export const PERSONAL_DATA_RULES: readonly BuiltInTextRule[] = [EMAIL_RULE, IBAN, CARD_RULE, SOCIAL_SECURITY, PHONE];
