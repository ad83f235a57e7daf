import { shownText } from '../shownText.ts';

/** How many are read at once at most. */
export const MOST_ON_A_PAGE = 1000;

/** @throws RangeError for what is no whole number from 1 to 1000. */
export function checkPageLimit(limit: unknown): void {
  if (typeof limit === 'number' && Number.isInteger(limit) && limit >= 1 && limit <= MOST_ON_A_PAGE) return;
  throw new RangeError(
    `limit is ${typeof limit === 'number' ? limit : shownText(limit)}; allowed: a whole number from 1 to ${MOST_ON_A_PAGE}`,
  );
}
