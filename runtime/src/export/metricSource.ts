import type { MetricSnapshot } from '../performance/metrics/metricSnapshot.ts';

/** What metrics are collected from: a `MetricsProvider`, a `PerformanceMonitor`. */
export interface MetricSource {
  collect(): Promise<readonly MetricSnapshot[]>;
}
