import { shownText } from '../shownText.ts';

const MOST_SHOWN = 5;

/**
 * Refuses a question with keys that are none: one that is misspelt would narrow nothing, and all would be the answer.
 *
 * @throws RangeError that names them and what is allowed.
 */
export function checkKeys(what: string, given: object, allowed: readonly string[]): void {
  const unknown = Object.keys(given).filter((key) => !allowed.includes(key));
  if (unknown.length === 0) return;
  const shown = unknown.slice(0, MOST_SHOWN).map(shownText).join(', ');
  throw new RangeError(`${what} has no ${shown}; allowed: ${allowed.join(', ')}`);
}
