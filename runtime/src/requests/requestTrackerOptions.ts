import { checkOptions, type OptionKinds, recordOf, wholeNumber } from '../core/optionKinds.ts';

/** The limits of a `RequestTracker`. All are optional; a value that is not allowed is refused at construction. */
export interface RequestTrackerOptions {
  /**
   * How many requests are kept, 1 to 10,000,000. Beyond, the one that ended first is let go of.
   * @defaultValue 100_000
   */
  readonly maxRequests?: number;
  /**
   * How much memory requests and statistics may take, in bytes, 1,000,000 to 2,000,000,000, as far as it can be estimated.
   * @defaultValue 50_000_000
   */
  readonly maxBytes?: number;
  /**
   * How long a request is kept after its end, in milliseconds, 1,000 to 7 days. Statistics last a day whatever this says.
   * @defaultValue 3_600_000 (an hour)
   */
  readonly maxAgeMillis?: number;
  /**
   * How long a request may take, in milliseconds, 1,000 to 7 days. One that takes longer is ended: failed, `abandoned`.
   * @defaultValue 3_600_000 (an hour)
   */
  readonly maxDurationMillis?: number;
  /**
   * From when on an unfinished request counts as stuck, in milliseconds, 1 to 7 days.
   * @defaultValue 30_000
   */
  readonly stuckAfterMillis?: number;
  /**
   * How often old requests are looked for, in milliseconds, 100 to 3,600,000. They are looked for when requests start, too.
   * @defaultValue 10_000
   */
  readonly sweepIntervalMillis?: number;
  /**
   * How many operations are told apart, 1 to 10,000. All others are one: `(other)`. Those without a route
   * (`GET (no route)`) do not count: there is one for each method.
   * @defaultValue 200
   */
  readonly maxOperations?: number;
  /**
   * How many users have statistics of their own, 1 to 100,000. All others are counted as `(other)`; their requests are found.
   * @defaultValue 1000
   */
  readonly maxUsers?: number;
  /**
   * How many agents have statistics of their own, 1 to 100,000.
   * @defaultValue 1000
   */
  readonly maxAgents?: number;
  /**
   * Apdex's threshold, in milliseconds, 1 to 3,600,000: who waits no longer is satisfied.
   * @defaultValue 500
   */
  readonly apdexMillis?: number;
  /** Thresholds of single operations, by their names. */
  readonly apdexMillisByOperation?: Readonly<Record<string, number>>;
  /**
   * Upper ends of the bands that are sampled each for itself, in milliseconds, ascending; 1 to 20.
   * @defaultValue [10, 100, 1000, 10_000]
   */
  readonly latencyBandsMillis?: readonly number[];
  /**
   * How many requests of each band are kept, of each operation and hour, 1 to 100.
   * @defaultValue 5
   */
  readonly samplesPerBand?: number;
  /**
   * How many of the slowest requests are kept, of each operation and hour, 1 to 100.
   * @defaultValue 10
   */
  readonly slowestKept?: number;
}

/** The options, whole. */
export type RequestTrackerConfig = Required<RequestTrackerOptions>;

const WEEK_MILLIS = 7 * 24 * 60 * 60 * 1000;
const DEFAULT_BANDS: readonly number[] = [10, 100, 1000, 10_000];
const APDEX_MILLIS = wholeNumber(1, 3_600_000);

/** What each option may be. */
export const REQUEST_TRACKER_OPTION_KINDS: OptionKinds<RequestTrackerOptions> = {
  maxRequests: wholeNumber(1, 10_000_000),
  maxBytes: wholeNumber(1_000_000, 2_000_000_000),
  maxAgeMillis: wholeNumber(1000, WEEK_MILLIS),
  maxDurationMillis: wholeNumber(1000, WEEK_MILLIS),
  stuckAfterMillis: wholeNumber(1, WEEK_MILLIS),
  sweepIntervalMillis: wholeNumber(100, 3_600_000),
  maxOperations: wholeNumber(1, 10_000),
  maxUsers: wholeNumber(1, 100_000),
  maxAgents: wholeNumber(1, 100_000),
  apdexMillis: APDEX_MILLIS,
  apdexMillisByOperation: recordOf(APDEX_MILLIS, 'an object of thresholds by the names of operations'),
  latencyBandsMillis: { allowed: '1 to 20 finite numbers above 0, each above the one before', accepts: areBands },
  samplesPerBand: wholeNumber(1, 100),
  slowestKept: wholeNumber(1, 100),
};

/**
 * The options with their defaults.
 *
 * @throws ConfigurationError with every option that is unknown or out of its range.
 */
export function resolveRequestTrackerOptions(options: RequestTrackerOptions): RequestTrackerConfig {
  checkOptions(options, REQUEST_TRACKER_OPTION_KINDS, 'request tracking');
  return {
    maxRequests: options.maxRequests ?? 100_000,
    maxBytes: options.maxBytes ?? 50_000_000,
    maxAgeMillis: options.maxAgeMillis ?? 3_600_000,
    maxDurationMillis: options.maxDurationMillis ?? 3_600_000,
    stuckAfterMillis: options.stuckAfterMillis ?? 30_000,
    sweepIntervalMillis: options.sweepIntervalMillis ?? 10_000,
    maxOperations: options.maxOperations ?? 200,
    maxUsers: options.maxUsers ?? 1000,
    maxAgents: options.maxAgents ?? 1000,
    apdexMillis: options.apdexMillis ?? 500,
    apdexMillisByOperation: { ...options.apdexMillisByOperation },
    latencyBandsMillis: [...(options.latencyBandsMillis ?? DEFAULT_BANDS)],
    samplesPerBand: options.samplesPerBand ?? 5,
    slowestKept: options.slowestKept ?? 10,
  };
}

function areBands(bands: unknown): boolean {
  if (!Array.isArray(bands) || bands.length < 1 || bands.length > 20) return false;
  return bands.every(
    (band: unknown, index) =>
      typeof band === 'number' && Number.isFinite(band) && band > 0 && (index === 0 || band > Number(bands[index - 1])),
  );
}
