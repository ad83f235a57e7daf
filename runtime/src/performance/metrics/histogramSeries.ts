import type { Attributes, Context } from '@opentelemetry/api';
import { bucketOf, QuantileSketch } from '../../core/quantileSketch.ts';
import { exemplarOf } from './exemplarOf.ts';
import { bucketIndexOf } from './histogramBoundaries.ts';
import type { MeasuredSeries } from './measuredMetric.ts';
import type { MetricPorts } from './metricPorts.ts';
import type { Exemplar, HistogramPoint } from './metricSnapshot.ts';

const NO_EXEMPLARS: readonly undefined[] = Object.freeze([]);

/** A distribution of measurements with the same attributes. */
export class HistogramSeries implements MeasuredSeries {
  readonly #attributes: Attributes;
  readonly #ports: MetricPorts;
  readonly #boundaries: readonly number[];
  readonly #startWallMillis: number;
  #bucketCounts: number[];
  #sketch = new QuantileSketch();
  #exemplars: (Exemplar | undefined)[] | undefined;
  /** Whether a point has what measurements would change. */
  #isShown = false;
  #count = 0;
  #sum = 0;
  #min = Number.POSITIVE_INFINITY;
  #max = Number.NEGATIVE_INFINITY;

  constructor(attributes: Attributes, boundaries: readonly number[], ports: MetricPorts) {
    this.#attributes = attributes;
    this.#ports = ports;
    this.#boundaries = boundaries;
    this.#startWallMillis = ports.wallMillis();
    this.#bucketCounts = Array.from({ length: boundaries.length + 1 }, () => 0);
  }

  measure(value: number, context: Context | undefined): boolean {
    const sum = this.#sum + value;
    if (!Number.isFinite(sum)) return false;
    if (this.#isShown) this.#leaveToPoint();
    this.#sum = sum;
    this.#count += 1;
    if (value < this.#min) this.#min = value;
    if (value > this.#max) this.#max = value;
    const index = bucketIndexOf(this.#boundaries, value);
    this.#bucketCounts[index] = (this.#bucketCounts[index] ?? 0) + 1;
    this.#sketch.add(bucketOf(value));
    const exemplar = exemplarOf(this.#ports, value, context);
    if (exemplar !== undefined) this.#keepExemplar(index, exemplar);
    return true;
  }

  /** It stays as it is, and costs no copy where nothing is measured before the next one. */
  point(): HistogramPoint {
    const isEmpty = this.#count === 0;
    this.#isShown = true;
    return {
      attributes: this.#attributes,
      startWallMillis: this.#startWallMillis,
      count: this.#count,
      sum: this.#sum,
      min: isEmpty ? undefined : this.#min,
      max: isEmpty ? undefined : this.#max,
      boundaries: this.#boundaries,
      bucketCounts: this.#bucketCounts,
      sketch: this.#sketch,
      exemplars: this.#exemplars ?? NO_EXEMPLARS,
    };
  }

  /** Goes on with copies: what was shown is of the moment in which it was. */
  #leaveToPoint(): void {
    this.#isShown = false;
    this.#bucketCounts = this.#bucketCounts.slice();
    this.#sketch = this.#sketch.copy();
    this.#exemplars = this.#exemplars?.slice();
  }

  #keepExemplar(index: number, exemplar: Exemplar): void {
    this.#exemplars ??= this.#bucketCounts.map(() => undefined);
    this.#exemplars[index] = exemplar;
  }
}
