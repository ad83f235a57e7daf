import { QuantileSketch } from '../../core/quantileSketch.ts';
import type { HistogramPoint } from '../metrics/metricSnapshot.ts';
import { Distribution } from './distribution.ts';

/** What a histogram said last, to tell what has been measured since. */
export class HistogramBaseline {
  #buckets = new Int16Array(0);
  #counts = new Float64Array(0);
  #count = 0;
  #sum = 0;
  #min = Number.POSITIVE_INFINITY;
  #max = Number.NEGATIVE_INFINITY;
  #startWallMillis = 0;
  #isKnown = false;

  /** What it takes in memory. */
  get bytes(): number {
    return 640 + this.#buckets.byteLength + this.#counts.byteLength;
  }

  /**
   * What was measured since the last time; of a histogram that has started anew, all of it. Its sum and count are exact; its
   * extremes are within `QUANTILE_RELATIVE_ERROR`, and exact where they are those of the whole histogram for the first time.
   *
   * @param isNew - whether a histogram that was not known before has begun empty; otherwise nobody knows with what
   * @returns `undefined` where it is not known
   */
  increase(point: HistogramPoint, isNew: boolean): Distribution | undefined {
    const isKnown = this.#isKnown;
    if (isKnown && this.#isReset(point)) this.#forget();
    const increase = isKnown || isNew ? this.#difference(point) : undefined;
    this.#remember(point);
    return increase;
  }

  #isReset({ count, startWallMillis, sketch }: HistogramPoint): boolean {
    if (count < this.#count || startWallMillis > this.#startWallMillis) return true;
    const counts = new Map(sketch.entries());
    return this.#buckets.some((bucket, index) => (counts.get(bucket) ?? 0) < (this.#counts[index] ?? 0));
  }

  #difference(point: HistogramPoint): Distribution {
    const difference = new Distribution();
    const sketch = new QuantileSketch();
    let index = 0;
    for (const [bucket, count] of point.sketch.entries()) {
      while (index < this.#buckets.length && (this.#buckets[index] ?? 0) < bucket) index += 1;
      const more = count - (this.#buckets[index] === bucket ? (this.#counts[index] ?? 0) : 0);
      if (more > 0) {
        sketch.add(bucket, more);
        difference.count += more;
      }
    }
    if (difference.count > 0) this.#measure(difference, sketch, point);
    return difference;
  }

  #measure(difference: Distribution, sketch: QuantileSketch, point: HistogramPoint): void {
    const { count } = difference;
    const lowest = point.min ?? Number.NEGATIVE_INFINITY;
    const highest = point.max ?? Number.POSITIVE_INFINITY;
    const within = (value: number): number => Math.min(highest, Math.max(lowest, value));
    const sum = point.sum - this.#sum;
    // Where the whole sum is too large for what was added to show, the mean is no better than the middle of the buckets.
    const mean = within(sum / count);
    const min = within(sketch.quantile(0) ?? mean);
    const max = within(sketch.quantile(1) ?? mean);
    difference.sum = sum;
    difference.min = lowest < this.#min ? lowest : count === 1 ? mean : Math.min(min, mean);
    difference.max = highest > this.#max ? highest : count === 1 ? mean : Math.max(max, mean);
    if (count > 2 && difference.min !== difference.max) difference.sketch = sketch;
  }

  #remember({ count, sum, min, max, startWallMillis, sketch }: HistogramPoint): void {
    if (!this.#isKnown || count !== this.#count) {
      const entries = [...sketch.entries()];
      this.#buckets = Int16Array.from(entries, ([bucket]) => bucket);
      this.#counts = Float64Array.from(entries, ([, some]) => some);
    }
    this.#count = count;
    this.#sum = sum;
    this.#min = min ?? Number.POSITIVE_INFINITY;
    this.#max = max ?? Number.NEGATIVE_INFINITY;
    this.#startWallMillis = startWallMillis;
    this.#isKnown = true;
  }

  #forget(): void {
    this.#buckets = new Int16Array(0);
    this.#counts = new Float64Array(0);
    this.#count = 0;
    this.#sum = 0;
    this.#min = Number.POSITIVE_INFINITY;
    this.#max = Number.NEGATIVE_INFINITY;
  }
}
