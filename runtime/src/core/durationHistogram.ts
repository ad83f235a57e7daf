/** The bound on the relative error of a quantile. */
export const QUANTILE_RELATIVE_ERROR = 0.009;

/** Each bucket ends at this many times its beginning: its middle is then within the bound of everything in it. */
const GROWTH = (1 + QUANTILE_RELATIVE_ERROR) / (1 - QUANTILE_RELATIVE_ERROR);
const LOG_GROWTH = Math.log(GROWTH);
/** Shorter durations count as this long, in milliseconds: a tenth of a microsecond. */
const SHORTEST = 1e-4;
/** Longer ones as this long: some 32 years. */
const LONGEST = 1e12;

/** The bucket that a duration in milliseconds belongs to; what is no number, or below zero, to the first. */
export function bucketOf(millis: number): number {
  const bounded = millis > SHORTEST ? Math.min(millis, LONGEST) : SHORTEST;
  return Math.ceil(Math.log(bounded) / LOG_GROWTH);
}

/** A duration in milliseconds that is within the bound of every one in the bucket. */
function middleOf(bucket: number): number {
  return (2 * GROWTH ** bucket) / (GROWTH + 1);
}

/**
 * Counts durations in buckets that grow by a ratio, so that every quantile is within `QUANTILE_RELATIVE_ERROR` of the one
 * that the durations themselves have, whatever their distribution. It takes memory for the buckets that hold something
 * and for no others: many of them fit side by side, one for each operation and slice of time. Can be merged.
 */
export class DurationHistogram {
  /** Sorted. */
  readonly #buckets: number[] = [];
  /** How many each of `#buckets` holds. */
  readonly #counts: number[] = [];

  /** How many buckets hold something. */
  get bucketCount(): number {
    return this.#buckets.length;
  }

  /** Counts a duration by its bucket (`bucketOf`). */
  add(bucket: number, count = 1): void {
    const index = this.#indexOf(bucket);
    if (this.#buckets[index] === bucket) this.#counts[index] = (this.#counts[index] ?? 0) + count;
    else {
      this.#buckets.splice(index, 0, bucket);
      this.#counts.splice(index, 0, count);
    }
  }

  /** Adds what another holds. */
  merge(other: DurationHistogram): void {
    for (const [index, bucket] of other.#buckets.entries()) this.add(bucket, other.#counts[index]);
  }

  /**
   * The duration, in milliseconds, that is as long as or longer than a share of all: of `n` the one at rank
   * `ceil(quantile * n)`, where the shortest has rank 1.
   *
   * @param quantile - from 0 to 1
   * @returns `undefined` where nothing was counted
   */
  quantile(quantile: number): number | undefined {
    const total = this.#counts.reduce((sum, count) => sum + count, 0);
    const rank = Math.max(1, Math.ceil(quantile * total));
    let reached = 0;
    for (const [index, bucket] of this.#buckets.entries()) {
      reached += this.#counts[index] ?? 0;
      if (reached >= rank) return middleOf(bucket);
    }
    return undefined;
  }

  /** Where the bucket is, or belongs. */
  #indexOf(bucket: number): number {
    let low = 0;
    let high = this.#buckets.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#buckets[middle] ?? 0) < bucket) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
