import type { Attributes } from '@opentelemetry/api';
import { checkOneOf } from '../../core/query/checkOneOf.ts';
import type { NotEnoughData } from '../statistics/notEnoughData.ts';
import type { SeriesGap } from './gapBook.ts';
import { RESOLUTIONS, type SeriesResolution } from './levels.ts';
import type { SeriesIdentity } from './seriesIdentity.ts';

/** Which series are asked for, and of which time. */
export interface SeriesWindow {
  /** The name of a metric. */
  readonly metric: string;
  /**
   * Only series that have all of these attributes.
   * @defaultValue every series of the metric
   */
  readonly attributes?: Attributes | undefined;
  /**
   * Only these, as `kept()` names them: to read a few of a metric that has hundreds.
   * @defaultValue every series that the rest fits
   */
  readonly only?: ReadonlySet<SeriesIdentity> | undefined;
  /**
   * The end, in milliseconds of the clock that points are appended by. What came at this very time is within.
   * @defaultValue when points were appended last
   */
  readonly toMillis?: number | undefined;
  /** How long before the end it begins, in milliseconds. What came at this very time is before it. */
  readonly windowMillis?: number | undefined;
  /**
   * Where it begins, in place of `windowMillis`.
   * @defaultValue with the oldest point
   */
  readonly fromMillis?: number | undefined;
}

/** A query of points. */
export interface SeriesQuery extends SeriesWindow {
  /**
   * The finest resolution that is wanted. Where the window reaches back further than that is kept, a coarser one is taken.
   * @defaultValue raw
   */
  readonly resolution?: SeriesResolution | undefined;
}

/** What a series was like at a time, or within a minute or an hour. */
export interface SeriesPoint {
  /** When it was read; of a minute or an hour, when that begins. In milliseconds of the clock that points are appended by. */
  readonly timeMillis: number;
  /** How many values: readings of a gauge, increases of a counter, measurements of a histogram. May be 0 for a histogram. */
  readonly count: number;
  /** Of a counter how much it has grown. */
  readonly sum: number;
  /** `undefined` where `count` is 0, as `max` and `mean` are. */
  readonly min: number | undefined;
  readonly max: number | undefined;
  readonly mean: number | undefined;
  /** Of a counter the increase, of a histogram the measurements, for each second; of others `undefined`. */
  readonly ratePerSecond: number | undefined;
  /**
   * The value at rank `ceil(share * count)`, within `QUANTILE_RELATIVE_ERROR`; `undefined` where `count` is 0.
   *
   * @param share - from 0 to 1
   */
  readonly quantile: (share: number) => number | undefined;
  /**
   * How many values are at most as large as each limit and larger than the one before; one more, of those beyond the last.
   * A value that is within `QUANTILE_RELATIVE_ERROR` of a limit may count on its other side.
   *
   * @param limits - ascending
   */
  readonly countsUpTo: (limits: readonly number[]) => readonly number[];
}

/** A series that is kept, without its points. */
export interface KeptSeries {
  /** The same object as long as the series is kept. */
  readonly identity: SeriesIdentity;
  /** When something of it came last. */
  readonly lastMillis: number;
  /**
   * The last that is known: of gauges and up-down counters the value, of counters the increase and of histograms the
   * measurements for each second. `undefined` where nothing is known yet.
   */
  readonly latest: number | undefined;
}

/** The points of a series, in the order of time. There is none for a time of which nothing is known. */
export interface QueriedSeries extends SeriesIdentity {
  readonly points: readonly SeriesPoint[];
}

/** What was found. */
export interface SeriesQueryResult {
  readonly resolution: SeriesResolution;
  readonly fromMillis: number;
  readonly toMillis: number;
  /** Every series that is asked for, those without a point in the window too. */
  readonly series: readonly QueriedSeries[];
  /** When the metric was not to be had, and why. */
  readonly gaps: readonly SeriesGap[];
}

/** What values are like within a window. */
export interface SeriesSummary {
  readonly verdict: 'summarised';
  /** How many values: readings of gauges, increases of counters, measurements of histograms. */
  readonly count: number;
  readonly sum: number;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** Percentiles are within `QUANTILE_RELATIVE_ERROR` of the value at rank `ceil(share * count)`. */
  readonly p50: number;
  readonly p90: number;
  readonly p95: number;
  readonly p99: number;
  readonly p999: number;
  /**
   * Of a counter the increase, of a histogram the measurements, for each second of the time that is known of; of several
   * series their sum. `undefined` for gauges.
   */
  readonly ratePerSecond: number | undefined;
  /** Those that the series may be missing values by: of all series of the metric, or of those with such attributes. */
  readonly gaps: readonly SeriesGap[];
}

/** A summary that there is not: nothing was measured in the window, for the reasons in `gaps` where there are any. */
export interface NothingMeasured extends NotEnoughData {
  /** As of a summary; 0 for a histogram that was read and had measured nothing, which is known. */
  readonly ratePerSecond: number | undefined;
  readonly gaps: readonly SeriesGap[];
}

/** A summary of one series. */
export interface SummarisedSeries extends SeriesIdentity {
  readonly summary: SeriesSummary | NothingMeasured;
  /** Whether anything of it came since the window began, be it that a histogram had measured nothing. */
  readonly isSeen: boolean;
}

/** The time that is asked for. @throws RangeError for a number that is none, and for a resolution that is none. */
export function windowOf(query: SeriesQuery, lastMillis: number): { fromMillis: number; toMillis: number } {
  const { toMillis = lastMillis, windowMillis, fromMillis, resolution } = query;
  for (const [name, value] of Object.entries({ toMillis, windowMillis, fromMillis }))
    if (value !== undefined && Number.isNaN(value)) throw new RangeError(`${name} is NaN; allowed: a number`);
  if (windowMillis !== undefined && windowMillis < 0)
    throw new RangeError(`windowMillis is ${windowMillis}; allowed: 0 or more`);
  checkOneOf('resolution', resolution, RESOLUTIONS);
  const from = fromMillis ?? (windowMillis === undefined ? Number.NEGATIVE_INFINITY : toMillis - windowMillis);
  return { fromMillis: from, toMillis };
}
