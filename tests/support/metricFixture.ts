import type { Attributes } from '@opentelemetry/api';
import { QuantileSketch } from '../../runtime/src/core/quantileSketch.ts';
import type {
  HistogramMetric,
  HistogramPoint,
  NumberMetric,
  NumberPoint,
} from '../../runtime/src/performance/metrics/metricSnapshot.ts';

const scope = { name: 'shop', version: '1.2.0' };

/** A counter of two in one series without attributes. */
export function counter(changes: Partial<NumberMetric> = {}): NumberMetric {
  const description = { name: 'shop.orders', description: 'Orders.', unit: '{order}' };
  return { scope, ...description, kind: 'counter', points: [number(2)], ...changes };
}

/** A gauge of one in one series without attributes. */
export function gauge(changes: Partial<NumberMetric> = {}): NumberMetric {
  return counter({ name: 'shop.open', description: 'Open.', unit: '', kind: 'gauge', points: [number(1)], ...changes });
}

/** The series of a counter or gauge. */
export function number(value: number, attributes: Attributes = {}): NumberPoint {
  return { attributes, startWallMillis: 0, value };
}

/** A histogram of durations with one series. */
export function histogram(changes: Partial<HistogramMetric> = {}): HistogramMetric {
  const description = { name: 'shop.wait', description: 'Waiting.', unit: 's' };
  return { scope, ...description, kind: 'histogram', points: [distribution()], ...changes };
}

/** The series of a histogram: 0.05, 0.5, 0.6 and 7. */
export function distribution(changes: Partial<HistogramPoint> = {}): HistogramPoint {
  return {
    attributes: {},
    startWallMillis: 0,
    count: 4,
    sum: 8.15,
    min: 0.05,
    max: 7,
    boundaries: [0.1, 1],
    bucketCounts: [1, 2, 1],
    sketch: new QuantileSketch(),
    exemplars: [],
    ...changes,
  };
}
