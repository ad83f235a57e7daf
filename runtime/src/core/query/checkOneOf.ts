import { shownText } from '../shownText.ts';

/**
 * Refuses a value that is none of the allowed ones; `undefined` is left out.
 *
 * @throws RangeError that names it and what is allowed.
 */
export function checkOneOf(key: string, value: string | undefined, allowed: readonly string[]): void {
  if (value === undefined || allowed.includes(value)) return;
  throw new RangeError(`${key} is ${shownText(value)}; allowed: ${allowed.join(', ')}`);
}
