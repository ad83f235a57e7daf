import { INSTRUMENTATION_SCOPE } from '../../../core/instrumentationScope.ts';
import { PROCESS_METRICS } from '../../../performance/process/processMetrics.ts';
import type { SeriesIdentity } from '../../../performance/series/seriesIdentity.ts';
import { SYSTEM_METRICS } from '../../../performance/system/systemMetrics.ts';
import type { MetricGroup } from './catalogueSchema.ts';

/** Tells where a metric comes from. */
export function metricGroups(): (identity: Pick<SeriesIdentity, 'metric' | 'scope'>) => MetricGroup {
  const system = new Set<string>(SYSTEM_METRICS.map(({ name }) => name));
  const process = new Set<string>(PROCESS_METRICS.map(({ name }) => name));
  return ({ metric, scope }) => {
    if (scope.name !== INSTRUMENTATION_SCOPE) return 'application';
    if (system.has(metric)) return 'system';
    return process.has(metric) ? 'process' : 'tracewright';
  };
}
