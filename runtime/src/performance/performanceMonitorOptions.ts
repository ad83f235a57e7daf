import { checkOptions, type OptionKinds, TRUE_OR_FALSE, wholeNumber } from '../core/optionKinds.ts';
import type { Threshold } from './thresholds/threshold.ts';
import { thresholdProblems } from './thresholds/thresholdProblems.ts';

/** Options of a `PerformanceMonitor`. */
export interface PerformanceMonitorOptions {
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
   * How many series a metric may have, 1 to 100,000. All further ones are one, with the attribute `otel.metric.overflow`.
   * @defaultValue 2000
   */
  readonly maxSeriesPerMetric?: number;
  /**
   * How many metrics there may be, 1 to 10,000. Further ones do nothing.
   * @defaultValue 1000
   */
  readonly maxMetrics?: number;
  /**
   * Of how many series points are kept, 1 to 100,000.
   * @defaultValue 2000
   */
  readonly maxKeptSeries?: number;
  /**
   * How much memory kept points may take, in bytes, a million to two billion.
   * @defaultValue 50,000,000
   */
  readonly maxBytes?: number;
  /**
   * For how long every point is kept, in milliseconds, a minute to a week.
   * @defaultValue 7,200,000: two hours
   */
  readonly keepRawMillis?: number;
  /**
   * For how long minutes are kept, in milliseconds, an hour to 31 days.
   * @defaultValue 86,400,000: a day
   */
  readonly keepMinutesMillis?: number;
  /**
   * For how long hours are kept, in milliseconds, an hour to a year.
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
const DAY = 24 * HOUR;

/** What each option may be. */
export const PERFORMANCE_MONITOR_OPTION_KINDS: OptionKinds<PerformanceMonitorOptions> = {
  intervalMillis: wholeNumber(100, HOUR),
  system: TRUE_OR_FALSE,
  process: TRUE_OR_FALSE,
  maxSeriesPerMetric: wholeNumber(1, 100_000),
  maxMetrics: wholeNumber(1, 10_000),
  maxKeptSeries: wholeNumber(1, 100_000),
  maxBytes: wholeNumber(1_000_000, 2_000_000_000),
  keepRawMillis: wholeNumber(MINUTE, 7 * DAY),
  keepMinutesMillis: wholeNumber(HOUR, 31 * DAY),
  keepHoursMillis: wholeNumber(HOUR, 366 * DAY),
  thresholds: { allowed: 'a list of thresholds', accepts: Array.isArray, problemsIn: thresholdProblems },
};

/**
 * The options with their defaults.
 *
 * @throws ConfigurationError with every option that is unknown or out of its range.
 */
export function resolvePerformanceMonitorOptions(options: PerformanceMonitorOptions): PerformanceMonitorConfig {
  checkOptions(options, PERFORMANCE_MONITOR_OPTION_KINDS, 'performance monitoring');
  const { intervalMillis = 30_000 } = options;
  return {
    intervalMillis,
    system: options.system ?? true,
    process: options.process ?? true,
    maxSeriesPerMetric: options.maxSeriesPerMetric ?? 2000,
    maxMetrics: options.maxMetrics ?? 1000,
    maxKeptSeries: options.maxKeptSeries ?? 2000,
    maxBytes: options.maxBytes ?? 50_000_000,
    keepRawMillis: options.keepRawMillis ?? 2 * HOUR,
    keepMinutesMillis: options.keepMinutesMillis ?? DAY,
    keepHoursMillis: options.keepHoursMillis ?? 7 * DAY,
    thresholds: (options.thresholds ?? []).map((threshold) => withDefaults(threshold, intervalMillis)),
  };
}

/** A window that holds a reading, whatever the interval. */
function withDefaults(threshold: Threshold, intervalMillis: number): Threshold {
  return Object.freeze({ windowMillis: Math.max(MINUTE, 2 * intervalMillis), ...threshold });
}
