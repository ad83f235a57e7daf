import type { MetricSnapshot } from '../../performance/metrics/metricSnapshot.ts';
import { OPEN_METRICS } from './expositionFormat.ts';
import { type ExpositionOptions, writeExposition } from './writeExposition.ts';

/**
 * Metrics in OpenMetrics' text format 1.0.0, in chunks, with the trace that the last measurement of each bucket and counter
 * was made in. Times of creation are left out: a server that knows nothing of them keeps them as series of their own.
 *
 * @see https://github.com/prometheus/OpenMetrics/blob/main/specification/OpenMetrics.md
 */
export function writeOpenMetrics(
  metrics: readonly MetricSnapshot[],
  options: ExpositionOptions = {},
): Iterable<string> {
  return writeExposition(metrics, OPEN_METRICS, options);
}
