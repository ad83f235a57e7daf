import { checkOptions, type OptionKinds, TRUE_OR_FALSE, wholeNumber } from '../core/optionKinds.ts';
import { METRICS_LIMIT_KINDS, type MetricsLimits, resolveMetricsLimits } from './metrics/metricsLimits.ts';
import { resolveSeriesStoreOptions, SERIES_STORE_OPTION_KINDS } from './series/seriesStoreOptions.ts';
import type { Threshold } from './thresholds/threshold.ts';
import { thresholdProblems } from './thresholds/thresholdProblems.ts';

/** Options of a `PerformanceMonitor`. */
export interface PerformanceMonitorOptions extends MetricsLimits {
  /**
   * How often everything is read and kept, in milliseconds, 100 to 3,600,000.
   * @defaultValue 30,000
   */
  readonly intervalMillis?: number;
  /**
   * Whether the machine is read: processors, memory, disks, network; in a worker thread.
   * @defaultValue true
   */
  readonly system?: boolean;
  /**
   * Whether this process is read: its event loop, garbage collection, heap, handles.
   * @defaultValue true
   */
  readonly process?: boolean;
  /**
   * Of how many series points are kept, 1 to 100,000. Further ones are refused until others are gone; those of one metric
   * beyond a quarter of it, so that no metric takes the room of all others.
   * @defaultValue 2000
   */
  readonly maxKeptSeries?: number;
  /**
   * How many points are kept of all series, 1000 to 100,000,000. Beyond, the oldest ones become coarser before their time.
   * @defaultValue 5,000,000
   */
  readonly maxPoints?: number;
  /**
   * How much memory kept points may take, in bytes, 100,000 to 2,000,000,000. Beyond, the oldest ones become coarser before
   * their time, and no series is added.
   * @defaultValue 50,000,000
   */
  readonly maxBytes?: number;
  /**
   * How many gaps are kept, 1 to 100,000. Beyond, the oldest ones are let go of.
   * @defaultValue 500
   */
  readonly maxGaps?: number;
  /**
   * For how long every point is kept, in milliseconds, a minute to a week.
   * @defaultValue 7,200,000: two hours
   */
  readonly keepRawMillis?: number;
  /**
   * For how long minutes are kept, in milliseconds, an hour to 31 days; at least as long as raw points.
   * @defaultValue 86,400,000: a day
   */
  readonly keepMinutesMillis?: number;
  /**
   * For how long hours are kept, in milliseconds, an hour to 366 days; at least as long as minutes.
   * @defaultValue 604,800,000: a week
   */
  readonly keepHoursMillis?: number;
  /**
   * Limits that raise events.
   * @defaultValue none
   */
  readonly thresholds?: readonly Threshold[];
}

/** The options, whole. */
export type PerformanceMonitorConfig = Required<PerformanceMonitorOptions>;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const {
  maxSeries: maxKeptSeries,
  maxPoints,
  maxBytes,
  maxGaps,
  keepRawMillis,
  keepMinutesMillis,
  keepHoursMillis,
} = SERIES_STORE_OPTION_KINDS;

/** What each option may be. */
export const PERFORMANCE_MONITOR_OPTION_KINDS: OptionKinds<PerformanceMonitorOptions> = {
  intervalMillis: wholeNumber(100, HOUR),
  system: TRUE_OR_FALSE,
  process: TRUE_OR_FALSE,
  ...METRICS_LIMIT_KINDS,
  maxKeptSeries,
  maxPoints,
  maxBytes,
  maxGaps,
  keepRawMillis,
  keepMinutesMillis,
  keepHoursMillis,
  thresholds: { allowed: 'a list of thresholds', accepts: Array.isArray, problemsIn: thresholdProblems },
};

/**
 * The options with their defaults. Those of what is measured and kept come from where they are used.
 *
 * @throws ConfigurationError with every option that is unknown or out of its range.
 */
export function resolvePerformanceMonitorOptions(options: PerformanceMonitorOptions): PerformanceMonitorConfig {
  checkOptions(options, PERFORMANCE_MONITOR_OPTION_KINDS, 'performance monitoring');
  const { intervalMillis = 30_000, system = true, process = true, thresholds = [], ...limits } = options;
  const { maxSeriesPerMetric, maxMeasuredSeries, maxMetrics, callbackTimeoutMillis, ...others } = limits;
  const { maxKeptSeries, ...kept } = others;
  const store = resolveSeriesStoreOptions(maxKeptSeries === undefined ? kept : { ...kept, maxSeries: maxKeptSeries });
  return {
    intervalMillis,
    system,
    process,
    ...resolveMetricsLimits({ maxSeriesPerMetric, maxMeasuredSeries, maxMetrics, callbackTimeoutMillis }),
    maxKeptSeries: store.maxSeries,
    maxPoints: store.maxPoints,
    maxBytes: store.maxBytes,
    maxGaps: store.maxGaps,
    keepRawMillis: store.keepRawMillis,
    keepMinutesMillis: store.keepMinutesMillis,
    keepHoursMillis: store.keepHoursMillis,
    thresholds: thresholds.map((threshold) => withDefaults(threshold, intervalMillis)),
  };
}

/** A window that holds a reading, whatever the interval. */
function withDefaults(threshold: Threshold, intervalMillis: number): Threshold {
  return Object.freeze({ windowMillis: Math.max(MINUTE, 2 * intervalMillis), ...threshold });
}
