import { bucketOf, QuantileSketch } from '../../core/quantileSketch.ts';

/** Up to so many values the smallest and the largest are all that there is to know. */
const FEW = 2;

/**
 * The values of a slice of time: how many, their sum, the extremes and, where these do not tell everything, a sketch of how
 * they are spread. Merging loses nothing but the order.
 */
export class Distribution {
  count = 0;
  /** Never infinite: of what is too large, the largest number. */
  sum = 0;
  /** Infinity where nothing was counted. */
  min = Number.POSITIVE_INFINITY;
  /** Minus infinity where nothing was counted. */
  max = Number.NEGATIVE_INFINITY;
  /** Of increases, for how long they were counted. */
  coveredMillis = 0;
  /** Only where values differ and are more than two. */
  sketch: QuantileSketch | undefined;

  /** Of one value. */
  static of(value: number, coveredMillis = 0): Distribution {
    const one = new Distribution();
    one.count = 1;
    one.sum = one.min = one.max = value;
    one.coveredMillis = coveredMillis;
    return one;
  }

  /** Adds what another holds, and leaves that as it was. */
  merge(other: Distribution): void {
    this.coveredMillis += other.coveredMillis;
    if (other.count === 0) return;
    const min = Math.min(this.min, other.min);
    const max = Math.max(this.max, other.max);
    if (min !== max && this.count + other.count > FEW) other.#countInto(this.#ownSketch());
    this.count += other.count;
    this.sum = finite(this.sum + other.sum);
    this.min = min;
    this.max = max;
  }

  /** `undefined` where nothing was counted. */
  get mean(): number | undefined {
    return this.count === 0 ? undefined : Math.min(this.max, Math.max(this.min, this.sum / this.count));
  }

  /**
   * The value at rank `ceil(share * count)`: exactly for the first and the last, otherwise within `QUANTILE_RELATIVE_ERROR`.
   *
   * @param share - from 0 to 1
   * @returns `undefined` where nothing was counted
   */
  quantile(share: number): number | undefined {
    const { count, min, max } = this;
    if (count === 0) return undefined;
    const rank = Math.max(1, Math.ceil(share * count));
    if (rank === 1) return min;
    if (rank >= count) return max;
    return Math.min(max, Math.max(min, this.sketch?.quantile(share) ?? min));
  }

  /**
   * How many values are at most as large as each limit and larger than the one before; one more, of those beyond the last.
   * A value that is within `QUANTILE_RELATIVE_ERROR` of a limit may count on its other side.
   *
   * @param limits - ascending
   */
  countsUpTo(limits: readonly number[]): readonly number[] {
    const buckets = limits.map(bucketOf);
    const counts = new Array<number>(limits.length + 1).fill(0);
    let index = 0;
    for (const [bucket, count] of this.#entries()) {
      while (index < buckets.length && bucket > (buckets[index] ?? 0)) index += 1;
      counts[index] = (counts[index] ?? 0) + count;
    }
    return counts;
  }

  *#entries(): Generator<readonly [bucket: number, count: number]> {
    const { count, min, max, sketch } = this;
    if (sketch !== undefined) yield* sketch.entries();
    else if (count > 0 && min === max) yield [bucketOf(min), count];
    else if (count > 0) {
      yield [bucketOf(min), 1];
      yield [bucketOf(max), 1];
    }
  }

  #ownSketch(): QuantileSketch {
    if (this.sketch === undefined) {
      const sketch = new QuantileSketch();
      this.#countInto(sketch);
      this.sketch = sketch;
    }
    return this.sketch;
  }

  #countInto(sketch: QuantileSketch): void {
    if (this.sketch !== undefined) sketch.merge(this.sketch);
    else for (const [bucket, count] of this.#entries()) sketch.add(bucket, count);
  }
}

function finite(sum: number): number {
  return Math.min(Number.MAX_VALUE, Math.max(-Number.MAX_VALUE, sum));
}
