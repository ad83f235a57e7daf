import type { Attributes } from '@opentelemetry/api';
import { bucketOf, QuantileSketch } from '../../../../../runtime/src/core/quantileSketch.ts';
import type {
  HistogramMetric,
  HistogramPoint,
  MetricSnapshot,
  NumberMetric,
} from '../../../../../runtime/src/performance/metrics/metricSnapshot.ts';
import type { SeriesPoint } from '../../../../../runtime/src/performance/series/seriesQuery.ts';

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const COMMON = { scope: { name: 'test' }, description: '', unit: '1' };

/** A metric of one series, whose value is this. */
export function numberMetric(
  name: string,
  kind: NumberMetric['kind'],
  value: number,
  { attributes = {}, startWallMillis = 0 }: { attributes?: Attributes; startWallMillis?: number } = {},
): MetricSnapshot {
  return { ...COMMON, name, kind, points: [{ attributes, startWallMillis, value }] };
}

/** A gauge `load`. */
export function load(value: number, attributes: Attributes = {}): MetricSnapshot {
  return numberMetric('load', 'gauge', value, { attributes });
}

/** A counter `requests`. */
export function requests(value: number, attributes: Attributes = {}, startWallMillis = 0): MetricSnapshot {
  return numberMetric('requests', 'counter', value, { attributes, startWallMillis });
}

/** A histogram `duration` that measurements are added to. */
export class Durations {
  readonly #sketch = new QuantileSketch();
  readonly #values: number[] = [];

  measure(...values: readonly number[]): this {
    this.#values.push(...values);
    for (const value of values) this.#sketch.add(bucketOf(value));
    return this;
  }

  metric(startWallMillis = 0): HistogramMetric {
    const values = this.#values;
    const point: HistogramPoint = {
      attributes: {},
      startWallMillis,
      count: values.length,
      sum: values.reduce((sum, value) => sum + value, 0),
      min: values.length === 0 ? undefined : Math.min(...values),
      max: values.length === 0 ? undefined : Math.max(...values),
      boundaries: [],
      bucketCounts: [values.length],
      sketch: this.#sketch.copy(),
      exemplars: [],
    };
    return { ...COMMON, name: 'duration', kind: 'histogram', points: [point] };
  }
}

/** Points without their functions. */
export function plain(points: readonly SeriesPoint[] | undefined): unknown {
  return points?.map(({ timeMillis, count, sum, min, max }) => [timeMillis, count, sum, min, max]);
}
