import { checkOptions, type OptionKinds, wholeNumber } from '../../core/optionKinds.ts';

/** The limits of a `MetricsProvider`. */
export interface MetricsLimits {
  /**
   * How many series a metric has at most, the one for all others (`otel.metric.overflow`) among them, 1 to 100,000.
   * @defaultValue 2000
   */
  readonly maxSeriesPerMetric?: number;
  /**
   * How many series all metrics that are measured have together, 1 to 1,000,000, but for one more of each metric, for all
   * others (`otel.metric.overflow`). What is observed by callbacks is not among them: it is bounded by metric. What this
   * package measures itself has room of its own.
   * @defaultValue 20,000
   */
  readonly maxMeasuredSeries?: number;
  /**
   * How many metrics there are at most, and how many meters, 1 to 10,000; further ones count nothing. There may be ten times
   * as many callbacks. What this package measures itself has room of its own.
   * @defaultValue 1000
   */
  readonly maxMetrics?: number;
  /**
   * How long a callback of an observable instrument may take for its values, in milliseconds, 1 to 60,000. One that takes
   * longer has none in that round.
   * @defaultValue 1000
   */
  readonly callbackTimeoutMillis?: number;
}

/** The limits, whole. */
export type MetricsLimitsInForce = Required<MetricsLimits>;

/** What each limit may be. */
export const METRICS_LIMIT_KINDS: OptionKinds<MetricsLimits> = {
  maxSeriesPerMetric: wholeNumber(1, 100_000),
  maxMeasuredSeries: wholeNumber(1, 1_000_000),
  maxMetrics: wholeNumber(1, 10_000),
  callbackTimeoutMillis: wholeNumber(1, 60_000),
};

/** The limits, those that are not given too. */
type GivenLimits = { readonly [Name in keyof MetricsLimits]: MetricsLimits[Name] | undefined };

/**
 * The limits with their defaults.
 *
 * @throws ConfigurationError with every limit that is unknown or out of its range.
 */
export function resolveMetricsLimits(limits: GivenLimits): MetricsLimitsInForce {
  checkOptions(limits, METRICS_LIMIT_KINDS, 'metrics');
  return {
    maxSeriesPerMetric: limits.maxSeriesPerMetric ?? 2000,
    maxMeasuredSeries: limits.maxMeasuredSeries ?? 20_000,
    maxMetrics: limits.maxMetrics ?? 1000,
    callbackTimeoutMillis: limits.callbackTimeoutMillis ?? 1000,
  };
}
