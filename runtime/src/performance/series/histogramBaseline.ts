import { bucketOf, QuantileSketch } from '../../core/quantileSketch.ts';
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
    if (point.startWallMillis > this.#startWallMillis) this.#forget();
    const since = this.#since(point) ?? this.#anew(point);
    const increase = new Distribution();
    if (since.bucketCount > 0) this.#measure(increase, since, point);
    this.#remember(point);
    return isKnown || isNew ? increase : undefined;
  }

  /** What each bucket holds more than the last time; `undefined` where one holds less. */
  #since({ count, sketch }: HistogramPoint): QuantileSketch | undefined {
    const since = new QuantileSketch();
    if (count === this.#count) return since;
    let index = 0;
    for (const [bucket, some] of sketch.entries()) {
      const before = this.#buckets[index] === bucket ? (this.#counts[index++] ?? 0) : 0;
      if (some < before) return undefined;
      if (some > before) since.add(bucket, some - before);
    }
    return index === this.#buckets.length ? since : undefined;
  }

  #anew({ sketch }: HistogramPoint): QuantileSketch {
    this.#forget();
    const all = new QuantileSketch();
    all.merge(sketch);
    return all;
  }

  #measure(increase: Distribution, sketch: QuantileSketch, point: HistogramPoint): void {
    const lowest = point.min ?? Number.NEGATIVE_INFINITY;
    const highest = point.max ?? Number.POSITIVE_INFINITY;
    const within = (value: number): number => Math.min(highest, Math.max(lowest, value));
    increase.count = sketch.count;
    increase.sum = point.sum - this.#sum;
    // What the outer buckets hold is near their middles, unless it is an extreme of all that was ever measured.
    const isLowest = lowest < this.#min;
    const isHighest = highest > this.#max;
    increase.min = isLowest ? lowest : within(sketch.quantile(0) ?? 0);
    increase.max = isHighest ? highest : within(sketch.quantile(1) ?? 0);
    if (increase.count === 1) {
      const near = isLowest ? increase.min : increase.max;
      // A single measurement is the sum itself, but for a sum so large that what was added does not show in it.
      const isSum = !isLowest && !isHighest && bucketOf(increase.sum) === bucketOf(near);
      increase.min = increase.max = isSum ? within(increase.sum) : near;
    }
    if (increase.count > 2 && increase.min !== increase.max) increase.sketch = sketch;
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
