import type { ReadingSource } from '../../checkedRound.ts';
import type { MetricGap } from '../../metricReading.ts';
import type { SystemMetricName, SystemReading } from '../systemMetrics.ts';

/** What a source told. */
export interface SourceReadings {
  readonly readings: readonly SystemReading[];
  /** What it told only in part. */
  readonly gaps?: readonly MetricGap[];
}

/** Something that is asked by itself, so that its failure is its own. */
export interface SystemSource extends ReadingSource {
  readonly metrics: readonly SystemMetricName[];
  /** How old an answer may be to be given again, in milliseconds. */
  readonly freshMillis?: number;
  /** Rejects, or throws, where nothing can be told. */
  readonly read: () => SourceReadings | Promise<SourceReadings>;
}
