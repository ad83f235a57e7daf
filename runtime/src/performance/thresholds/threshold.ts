import type { Attributes } from '@opentelemetry/api';
import type { MetricScope } from '../metrics/metricSnapshot.ts';

/** What a threshold looks at of a metric within its window. */
export const THRESHOLD_STATISTICS = ['min', 'max', 'mean', 'p50', 'p90', 'p95', 'p99', 'rate'] as const;

/** `rate` is the increase of a counter for each second. */
export type ThresholdStatistic = (typeof THRESHOLD_STATISTICS)[number];

/**
 * A limit of a metric. It is raised where the statistic is beyond the limit for long enough, and cleared where it is back
 * beyond `clearAt`: between the two nothing changes, so that a value that swings about the limit tells of it once.
 */
export interface Threshold {
  /** Unique among the thresholds. */
  readonly name: string;
  /** Of its metric, as OpenTelemetry has it: `process.memory.usage`. */
  readonly metric: string;
  /** The series; each of the metric has its own state where there are none. */
  readonly attributes?: Attributes;
  /** @defaultValue `mean` */
  readonly statistic?: ThresholdStatistic;
  /** Over how long the statistic is taken, in milliseconds, 100 to a week. @defaultValue a minute, or twice the interval where that is longer */
  readonly windowMillis?: number;
  /** Raised above this. Either `above` or `below`. */
  readonly above?: number;
  /** Raised below this. */
  readonly below?: number;
  /** Cleared at this: not above `above`, not below `below`. @defaultValue the limit itself */
  readonly clearAt?: number;
  /**
   * For how long it has to be beyond the limit, in milliseconds. What is not known in between changes nothing: it counts as
   * what was known before it.
   * @defaultValue 0
   */
  readonly forMillis?: number;
}

/** A threshold was raised or cleared. */
export interface ThresholdEvent {
  readonly threshold: Threshold;
  readonly state: 'raised' | 'cleared';
  /** That the metric is of: others may have one of the same name. */
  readonly scope: MetricScope;
  readonly attributes: Attributes;
  /** What the statistic was; where what it is of is gone, what it was when the threshold was raised. */
  readonly value: number;
  /** For how long it has been beyond the limit, in milliseconds; of a cleared one, for how long it was raised. */
  readonly forMillis: number;
  /** When, in milliseconds since 1970. */
  readonly wallMillis: number;
}
