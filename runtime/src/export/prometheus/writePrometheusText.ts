import type { MetricSnapshot } from '../../performance/metrics/metricSnapshot.ts';
import { PROMETHEUS_TEXT } from './expositionFormat.ts';
import { type ExpositionOptions, writeExposition } from './writeExposition.ts';

/**
 * Metrics in Prometheus' text format 0.0.4, in chunks: names, units and labels by OpenTelemetry's specification for
 * Prometheus. Each series is written at once, when its chunk is asked for. Exemplars are in OpenMetrics alone.
 *
 * @see https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format
 */
export function writePrometheusText(
  metrics: readonly MetricSnapshot[],
  options: ExpositionOptions = {},
): Iterable<string> {
  return writeExposition(metrics, PROMETHEUS_TEXT, options);
}
