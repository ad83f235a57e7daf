import { cutText, redactedText } from '../../core/redaction.ts';

const MAX_SHOWN = 100;

/**
 * The error for an option of a function that makes spans: it names function, option, value and what is allowed.
 *
 * @param caller - the function that was called
 */
export function invalidOption(caller: string, option: string, value: unknown, allowed: string): TypeError {
  const shown =
    typeof value === 'string'
      ? JSON.stringify(cutText(value, MAX_SHOWN))
      : redactedText(value, { maxLength: MAX_SHOWN });
  return new TypeError(`${caller}: the option ${option} is ${shown}; allowed: ${allowed}`);
}
