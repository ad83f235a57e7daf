import type { HostProcess } from '../../core/hostProcess.ts';
import { checkOptions, FUNCTION, type OptionKind, type OptionKinds, wholeNumber } from '../../core/optionKinds.ts';
import { isRecord } from '../../core/isRecord.ts';

/** The limits of a `SeriesStore`. All are optional; a value that is not allowed is refused at construction. */
export interface SeriesStoreOptions {
  /**
   * Of how many series points are kept, 1 to 100,000. Further ones are refused until others are gone; those of one metric
   * beyond a quarter of it, so that no metric takes the room of all others.
   * @defaultValue 2000
   */
  readonly maxSeries?: number;
  /**
   * How many points are kept of all series, 1000 to 100,000,000. Beyond, the oldest ones become coarser before their time.
   * @defaultValue 5,000,000
   */
  readonly maxPoints?: number;
  /**
   * How much memory all may take, in bytes, 100,000 to 2,000,000,000. Beyond, the oldest points become coarser before their
   * time, and no series is added.
   * @defaultValue 50,000,000
   */
  readonly maxBytes?: number;
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
   * How many gaps are kept, 1 to 100,000. Beyond, the oldest ones are let go of.
   * @defaultValue 500
   */
  readonly maxGaps?: number;
  /**
   * Tells whether a counter that is seen for the first time has begun since the last time, from zero. Without it nobody
   * knows, and what such a counter has from before it was first seen counts as nothing.
   */
  readonly host?: Pick<HostProcess, 'wallMillis'> | undefined;
  /**
   * Told of what is not kept, once for each kind of loss: see `SeriesLossError`.
   * @defaultValue nobody is told
   */
  readonly onError?: ((error: Error) => void) | undefined;
}

/** The options, whole. */
export interface SeriesStoreConfig extends Required<SeriesStoreOptions> {
  readonly onError: (error: Error) => void;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const HOST: OptionKind = {
  allowed: 'an object with wallMillis()',
  accepts: (value) => isRecord(value) && typeof value['wallMillis'] === 'function',
};

/** What each option may be. */
export const SERIES_STORE_OPTION_KINDS: OptionKinds<SeriesStoreOptions> = {
  maxSeries: wholeNumber(1, 100_000),
  maxPoints: wholeNumber(1000, 100_000_000),
  maxBytes: wholeNumber(100_000, 2_000_000_000),
  keepRawMillis: wholeNumber(MINUTE, 7 * DAY),
  keepMinutesMillis: wholeNumber(HOUR, 31 * DAY),
  keepHoursMillis: wholeNumber(HOUR, 366 * DAY),
  maxGaps: wholeNumber(1, 100_000),
  host: HOST,
  onError: FUNCTION,
};

/** How many of all series may be of one metric: a quarter, for three more metrics of which each has too many. */
export function shareOf(maxSeries: number): number {
  return Math.ceil(maxSeries / 4);
}

/**
 * The options with their defaults.
 *
 * @throws ConfigurationError with every option that is unknown or out of its range.
 */
export function resolveSeriesStoreOptions(options: SeriesStoreOptions): SeriesStoreConfig {
  checkOptions(options, SERIES_STORE_OPTION_KINDS, 'series store');
  const keepRawMillis = options.keepRawMillis ?? 2 * HOUR;
  const keepMinutesMillis = Math.max(options.keepMinutesMillis ?? DAY, keepRawMillis);
  return {
    maxSeries: options.maxSeries ?? 2000,
    maxPoints: options.maxPoints ?? 5_000_000,
    maxBytes: options.maxBytes ?? 50_000_000,
    keepRawMillis,
    keepMinutesMillis,
    keepHoursMillis: Math.max(options.keepHoursMillis ?? 7 * DAY, keepMinutesMillis),
    maxGaps: options.maxGaps ?? 500,
    host: options.host,
    onError: options.onError ?? (() => undefined),
  };
}
