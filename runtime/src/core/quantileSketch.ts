/** The bound on the relative error of a quantile. */
export const QUANTILE_RELATIVE_ERROR = 0.009;

/** Each bucket ends at this many times its beginning: its middle is then within the bound of everything in it. */
const GROWTH = (1 + QUANTILE_RELATIVE_ERROR) / (1 - QUANTILE_RELATIVE_ERROR);
const LOG_GROWTH = Math.log(GROWTH);
/** What is nearer to zero counts as this. */
const SMALLEST = 1e-12;
/** What is further from zero counts as this. */
const LARGEST = 1e18;
/** Added to the exponent of a bucket, so that those above zero have numbers above zero; those below have the same ones below. */
const OFFSET = 4096;

/** The bucket that a value belongs to: a whole number within ±8191, 0 for zero and what is no number. Larger values never have lower ones. */
export function bucketOf(value: number): number {
  if (value > 0) return OFFSET + exponentOf(value);
  return value < 0 ? -OFFSET - exponentOf(-value) : 0;
}

function exponentOf(size: number): number {
  const bounded = size > SMALLEST ? Math.min(size, LARGEST) : SMALLEST;
  return Math.ceil(Math.log(bounded) / LOG_GROWTH);
}

/** A value that is within the bound of every one in the bucket. */
function middleOf(bucket: number): number {
  if (bucket === 0) return 0;
  return (Math.sign(bucket) * 2 * GROWTH ** (Math.abs(bucket) - OFFSET)) / (GROWTH + 1);
}

/**
 * Counts values in buckets that grow by a ratio on both sides of zero, so that every quantile is within
 * `QUANTILE_RELATIVE_ERROR` of the one that the values themselves have, whatever their distribution. It takes memory for the
 * buckets that hold something and for no others: many of them fit side by side, one for each series and slice of time. Can
 * be merged.
 */
export class QuantileSketch {
  /** Sorted. Copies share it until there is a bucket that it has not: after a while there hardly is one. */
  #buckets: number[] = [];
  #sharesBuckets = false;
  /** How many each of `#buckets` holds. */
  #counts: number[] = [];

  /** How many buckets hold something. */
  get bucketCount(): number {
    return this.#buckets.length;
  }

  /** How many values were counted. */
  get count(): number {
    return this.#counts.reduce((sum, count) => sum + count, 0);
  }

  /** The buckets that hold something, and how many each holds, in ascending order. */
  *entries(): Generator<readonly [bucket: number, count: number]> {
    for (const [index, bucket] of this.#buckets.entries()) yield [bucket, this.#counts[index] ?? 0];
  }

  /** What it holds as numbers that can be sent to another process: bucket, count, bucket, count, in ascending order. */
  toPairs(): number[] {
    return this.#buckets.flatMap((bucket, index) => [bucket, this.#counts[index] ?? 0]);
  }

  /** One that holds what another said of itself (`toPairs`); a bucket without a count is left out. */
  static fromPairs(pairs: readonly number[]): QuantileSketch {
    const sketch = new QuantileSketch();
    for (let index = 0; index + 1 < pairs.length; index += 2) sketch.add(pairs[index] ?? 0, pairs[index + 1]);
    return sketch;
  }

  /** Counts a value by its bucket (`bucketOf`). */
  add(bucket: number, count = 1): void {
    const index = this.#indexOf(bucket);
    if (this.#buckets[index] === bucket) this.#counts[index] = (this.#counts[index] ?? 0) + count;
    else {
      if (this.#sharesBuckets) this.#buckets = this.#buckets.slice();
      this.#sharesBuckets = false;
      this.#buckets.splice(index, 0, bucket);
      this.#counts.splice(index, 0, count);
    }
  }

  /** One of its own that holds the same. */
  copy(): QuantileSketch {
    const copy = new QuantileSketch();
    copy.#buckets = this.#buckets;
    copy.#sharesBuckets = this.#sharesBuckets = true;
    copy.#counts = this.#counts.slice();
    return copy;
  }

  /** Adds what another holds. */
  merge(other: QuantileSketch): void {
    if (this.#buckets.length === 0) {
      // Sums begin empty: nothing has to be found in its place.
      this.#buckets = other.#buckets;
      this.#sharesBuckets = other.#sharesBuckets = true;
      this.#counts = other.#counts.slice();
      return;
    }
    for (const [index, bucket] of other.#buckets.entries()) this.add(bucket, other.#counts[index]);
  }

  /**
   * The value that is as large as or larger than a share of all: of `n` the one at rank `ceil(quantile * n)`, where the
   * smallest has rank 1.
   *
   * @param quantile - from 0 to 1
   * @returns `undefined` where nothing was counted
   */
  quantile(quantile: number): number | undefined {
    const rank = Math.max(1, Math.ceil(quantile * this.count));
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
