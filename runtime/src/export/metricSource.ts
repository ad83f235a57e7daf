import type { ProcessResource } from '../core/processResource.ts';
import type { MetricSnapshot } from '../performance/metrics/metricSnapshot.ts';

/** What metrics are collected from: a `MetricsProvider`, a `PerformanceMonitor`. */
export interface MetricSource {
  /** What the process is; exporters say it where they are told nothing else. */
  readonly resource?: ProcessResource | undefined;
  collect(): Promise<readonly MetricSnapshot[]>;
}
