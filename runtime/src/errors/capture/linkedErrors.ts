import { types } from 'node:util';
import { causeOf } from '../../core/thrown/causeOf.ts';
import { ownData } from '../../core/thrown/ownData.ts';

const MOST_CAUSES = 5;
/** As many errors of an aggregate are shown. */
export const MOST_AGGREGATED = 5;
/** A chain that is longer is not followed to its end. */
const MOST_CAUSES_COUNTED = 100;

/** What an error is linked to, as far as it is shown. */
export interface LinkedErrors {
  readonly shown: readonly unknown[];
  /** How many there are beyond. */
  readonly leftOut: number;
}

const NONE: LinkedErrors = Object.freeze({ shown: Object.freeze([]), leftOut: 0 });

/**
 * The causes of what was thrown, the next one first, 5 at most. A chain that comes back to itself ends there. Runs no getter
 * and no trap of a Proxy. Of those left out, 100 at most are counted.
 */
export function causesOf(thrown: unknown): LinkedErrors {
  let cause = causeOf(thrown);
  if (cause === undefined) return NONE;
  const seen = [thrown];
  while (cause !== undefined && seen.length <= MOST_CAUSES + MOST_CAUSES_COUNTED && !seen.includes(cause)) {
    seen.push(cause);
    cause = causeOf(cause);
  }
  const shown = seen.slice(1, MOST_CAUSES + 1);
  return { shown, leftOut: seen.length - 1 - shown.length };
}

/**
 * The errors that an `AggregateError` holds, and both of a `SuppressedError`. Runs no getter and no trap of a Proxy.
 *
 * @param classes - the names of the classes of what was thrown, which is no Proxy
 * @param most - how many are shown
 */
export function aggregatedIn(thrown: object, classes: readonly string[], most: number): LinkedErrors {
  if (classes.includes('AggregateError')) return membersOf(ownData(thrown, 'errors'), most);
  if (!classes.includes('SuppressedError')) return NONE;
  return membersOf([ownData(thrown, 'error'), ownData(thrown, 'suppressed')], most);
}

function membersOf(errors: unknown, most: number): LinkedErrors {
  if (types.isProxy(errors) || !Array.isArray(errors)) return NONE;
  const count = Math.min(errors.length, most);
  const shown = Array.from({ length: count }, (_, index) => ownData(errors, String(index)));
  return { shown, leftOut: errors.length - count };
}
