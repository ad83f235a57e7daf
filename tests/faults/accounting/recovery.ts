/** What the storage had at one moment. */
export interface Freshness {
  /** Milliseconds since the epoch, when the answer was there. */
  readonly at: number;
  /** When the newest span that a search finds was made; undefined where no search was answered. */
  readonly newest: number | undefined;
}

/** A search finds a span after the tracer's delay of a second, a bulk request and a refresh, a second each at most. */
const FRESH_MILLIS = 4000;

/**
 * Seconds from a moment until spans are stored as before: none of those made later is lost, and a search finds what was made some
 * moments ago, and goes on doing so. Undefined when that was not seen.
 */
export function recoverySeconds(
  endAt: number,
  lost: readonly number[],
  freshness: readonly Freshness[],
): number | undefined {
  const last = freshness.at(-1);
  if (last === undefined || !isFresh(last)) return undefined;
  const stale = freshness.findLastIndex((one) => !isFresh(one));
  const currentAt = freshness[stale + 1]?.at ?? last.at;
  // Fresh from the beginning: the first look says nothing about when.
  const freshAt = stale === -1 ? endAt : currentAt;
  return Math.max(0, freshAt - endAt, ...lost.map((madeAt) => madeAt - endAt)) / 1000;
}

/** Whether a search found what had been made some moments before. */
export function isFresh({ at, newest }: Freshness): boolean {
  return newest !== undefined && at - newest <= FRESH_MILLIS;
}
