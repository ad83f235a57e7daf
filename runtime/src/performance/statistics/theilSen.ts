import { type MeasuredSeries, measuredSeries, numberAt } from './measuredSeries.ts';
import { normalTailQuantile } from './normalDistribution.ts';
import { notEnoughData, type NotEnoughData } from './notEnoughData.ts';
import { pairSlopes, type PairSlopes } from './pairSlopes.ts';
import { selectMedian } from './selectRank.ts';
import { tiedVariance } from './tiedVariance.ts';
import { checkTrendOptions, MAX_TREND_POINTS, MIN_TREND_POINTS, SHARE } from './trendOptions.ts';

/** Options of `theilSen`. */
export interface TheilSenOptions {
  /**
   * How likely the interval holds the slope, between 0 and 1.
   * @defaultValue 0.95
   */
  readonly confidence?: number;
}

/** How fast values rise or fall, by the estimate of Theil and Sen: a few outliers do not change it much. */
export interface SlopeEstimate {
  readonly verdict: 'estimated';
  /** The median of the slopes of all pairs of points, per second. */
  readonly perSecond: number;
  /** The interval of Sen that holds the slope, per second: from here ... */
  readonly lowPerSecond: number;
  /** ... to here. */
  readonly highPerSecond: number;
  /** The time of the last point, in milliseconds. */
  readonly lastMillis: number;
  /** Where the line is then. As many points are above of the line as below. */
  readonly lastLevel: number;
  /** How many points were compared, at most `MAX_TREND_POINTS`. */
  readonly points: number;
  /** How many points there were. */
  readonly given: number;
}

/**
 * See `SlopeEstimate`. Times need not be at even distances. The interval takes values to be independent; where they are
 * not, it is too narrow: `forecastToLimit` widens it.
 *
 * @param times - in milliseconds
 * @throws ConfigurationError
 * @see Sen, Estimates of the regression coefficient based on Kendall's tau, J. Am. Stat. Assoc. 63 (1968)
 */
export function theilSen(
  times: readonly number[],
  values: readonly number[],
  options: TheilSenOptions = {},
): SlopeEstimate | NotEnoughData {
  checkTrendOptions(options, { confidence: SHARE });
  const series = measuredSeries(times, values, MAX_TREND_POINTS);
  if (series.given < MIN_TREND_POINTS) return notEnoughData(MIN_TREND_POINTS, series.given);
  return estimateSlope(series, pairSlopes(series), options.confidence ?? 0.95);
}

/**
 * The estimate for a series of at least `MIN_TREND_POINTS` points.
 *
 * @param varianceFactor - how many times the variance of Kendall's S is what it were of independent values
 */
export function estimateSlope(
  series: MeasuredSeries,
  slopes: PairSlopes,
  confidence: number,
  varianceFactor = 1,
): SlopeEstimate {
  const { times, values, given } = series;
  const reach = normalTailQuantile((1 - confidence) / 2) * Math.sqrt(tiedVariance(values) * varianceFactor);
  const lowest = Math.max(Math.round((slopes.count - reach) / 2) - 1, 0);
  const highest = Math.min(Math.round((slopes.count + reach) / 2), slopes.count - 1);
  const perSecond = (slope: number): number => (slope / slopes.stepMillis) * 1000;
  const slope = perSecond(slopes.median);
  return {
    verdict: 'estimated',
    perSecond: slope,
    lowPerSecond: perSecond(slopes.at(lowest)),
    highPerSecond: perSecond(slopes.at(highest)),
    lastMillis: numberAt(times, times.length - 1),
    lastLevel: lastLevelOf(series, slope),
    points: values.length,
    given,
  };
}

/** Where a line with that slope is at the time of the last point, if as many points are above of it as below. */
export function lastLevelOf({ times, values }: MeasuredSeries, perSecond: number): number {
  const last = numberAt(times, times.length - 1);
  return selectMedian(
    Float64Array.from(values, (value, index) => value + (perSecond * (last - numberAt(times, index))) / 1000),
  );
}
