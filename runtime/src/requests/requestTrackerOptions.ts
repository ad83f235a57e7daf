import { ConfigurationError, type ConfigurationProblem } from '../core/configurationError.ts';
import { isRecord } from '../core/isRecord.ts';
import { REDACTED, redactedText } from '../core/redaction.ts';
import { isSensitiveKey } from '../core/sensitiveKey.ts';

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
   * How many operations are told apart, 1 to 10,000. All others are one: `(other)`.
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

type NumberOption = Exclude<keyof RequestTrackerOptions, 'apdexMillisByOperation' | 'latencyBandsMillis'>;

/** Default, least and most of each number. */
const NUMBERS: Readonly<Record<NumberOption, readonly [fallback: number, least: number, most: number]>> = {
  maxRequests: [100_000, 1, 10_000_000],
  maxBytes: [50_000_000, 1_000_000, 2_000_000_000],
  maxAgeMillis: [3_600_000, 1000, WEEK_MILLIS],
  maxDurationMillis: [3_600_000, 1000, WEEK_MILLIS],
  stuckAfterMillis: [30_000, 1, WEEK_MILLIS],
  sweepIntervalMillis: [10_000, 100, 3_600_000],
  maxOperations: [200, 1, 10_000],
  maxUsers: [1000, 1, 100_000],
  maxAgents: [1000, 1, 100_000],
  apdexMillis: [500, 1, 3_600_000],
  samplesPerBand: [5, 1, 100],
  slowestKept: [10, 1, 100],
};
const DEFAULT_BANDS: readonly number[] = [10, 100, 1000, 10_000];
const OPTION_NAMES: readonly string[] = [...Object.keys(NUMBERS), 'apdexMillisByOperation', 'latencyBandsMillis'];

/**
 * The options with their defaults.
 *
 * @throws ConfigurationError with every option that is unknown or out of its range.
 */
export function resolveRequestTrackerOptions(options: RequestTrackerOptions): RequestTrackerConfig {
  const problems: ConfigurationProblem[] = [];
  const refuse = (option: string, value: unknown, allowed: string): void => {
    const shown = isSensitiveKey(option) ? REDACTED : redactedText(value);
    problems.push({ option, value: shown, source: 'options', allowed });
  };
  for (const option of Object.keys(options))
    if (!OPTION_NAMES.includes(option)) refuse(option, Reflect.get(options, option), OPTION_NAMES.join(', '));
  const whole = (option: NumberOption): number => {
    const [fallback, least, most] = NUMBERS[option];
    const value = options[option] ?? fallback;
    if (!isWithin(value, least, most)) refuse(option, value, `a whole number from ${least} to ${most}`);
    return value;
  };
  const { apdexMillisByOperation = {}, latencyBandsMillis = DEFAULT_BANDS } = options;
  if (!isRecord(apdexMillisByOperation))
    refuse('apdexMillisByOperation', apdexMillisByOperation, 'an object of thresholds by the names of operations');
  for (const [operation, value] of Object.entries(isRecord(apdexMillisByOperation) ? apdexMillisByOperation : {}))
    if (!isWithin(value, 1, 3_600_000))
      refuse(`apdexMillisByOperation.${operation}`, value, 'a whole number from 1 to 3600000');
  if (!areBands(latencyBandsMillis))
    refuse('latencyBandsMillis', latencyBandsMillis, '1 to 20 finite numbers above 0, each above the one before');
  const config = {
    maxRequests: whole('maxRequests'),
    maxBytes: whole('maxBytes'),
    maxAgeMillis: whole('maxAgeMillis'),
    maxDurationMillis: whole('maxDurationMillis'),
    stuckAfterMillis: whole('stuckAfterMillis'),
    sweepIntervalMillis: whole('sweepIntervalMillis'),
    maxOperations: whole('maxOperations'),
    maxUsers: whole('maxUsers'),
    maxAgents: whole('maxAgents'),
    apdexMillis: whole('apdexMillis'),
    samplesPerBand: whole('samplesPerBand'),
    slowestKept: whole('slowestKept'),
    apdexMillisByOperation: { ...apdexMillisByOperation },
    latencyBandsMillis: [...latencyBandsMillis],
  };
  if (problems.length > 0) throw new ConfigurationError(problems, 'request tracking');
  return config;
}

function isWithin(value: unknown, least: number, most: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;
}

function areBands(bands: unknown): boolean {
  if (!Array.isArray(bands) || bands.length < 1 || bands.length > 20) return false;
  return bands.every(
    (band: unknown, index) =>
      typeof band === 'number' && Number.isFinite(band) && band > 0 && (index === 0 || band > Number(bands[index - 1])),
  );
}
