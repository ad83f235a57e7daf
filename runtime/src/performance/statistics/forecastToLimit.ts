import { type TrendTest, testTrend } from './mannKendall.ts';
import { type MeasuredSeries, measuredSeries } from './measuredSeries.ts';
import { notEnoughData, type NotEnoughData } from './notEnoughData.ts';
import { pairSlopes } from './pairSlopes.ts';
import { estimateSlope, lastLevelOf, type SlopeEstimate } from './theilSen.ts';
import { checkTrendOptions, FINITE, MAX_TREND_POINTS, MIN_TREND_POINTS, SHARE } from './trendOptions.ts';

/** Options of `forecastToLimit`. */
export interface ForecastOptions {
  /** What must not be reached, in the unit of the values. */
  readonly limit: number;
  /**
   * `ceiling` where values must stay below the limit, as a heap; `floor` where they must stay above, as free space.
   * @defaultValue `ceiling`
   */
  readonly side?: 'ceiling' | 'floor';
  /**
   * How likely a series without a trend may be taken for one that has one, between 0 and 1.
   * @defaultValue 0.05
   */
  readonly significance?: number;
  /**
   * How likely the interval holds the true slope, between 0 and 1.
   * @defaultValue 0.95
   */
  readonly confidence?: number;
}

/** Values reach the limit, if they go on as they did. Times are counted from the last point, in milliseconds. */
export interface LimitAhead {
  readonly verdict: 'reaches';
  readonly inMillis: number;
  /** The earliest, at the steepest slope of the interval. */
  readonly earliestInMillis: number;
  /** The latest, at the flattest slope of the interval; `undefined` where that never reaches it. */
  readonly latestInMillis: number | undefined;
  readonly trend: TrendTest;
  /** With an interval that is widened for values that are not independent (`varianceFactor` of the trend). */
  readonly slope: SlopeEstimate;
}

/** Values are at the limit or beyond it. */
export interface LimitReached {
  readonly verdict: 'reached';
  readonly trend: TrendTest;
  readonly slope: SlopeEstimate;
}

/** Nothing tells that values ever reach the limit. */
export interface LimitNotAhead {
  readonly verdict: 'never';
  /** `flat` where there is a trend, but most pairs of points are equal: the slope is 0. */
  readonly reason: 'no trend' | 'moves away' | 'flat';
  readonly trend: TrendTest;
  readonly slope: SlopeEstimate;
}

/** When a series reaches a limit. */
export type Forecast = LimitAhead | LimitReached | LimitNotAhead | NotEnoughData;

/**
 * When a series reaches a limit if it goes on as it did: along the line of `theilSen`, where `mannKendall` finds a trend.
 * The level that is compared is the line's, without a trend the median: a single value beyond the limit has not reached it.
 * Of 500 intervals at a confidence of 0.95 that were made of 100 values 96 % held the true time; where neighbours correlate
 * by 0.5 and 0.8, 88 % and 85 %.
 *
 * @param times - in milliseconds
 * @throws ConfigurationError
 */
export function forecastToLimit(
  times: readonly number[],
  values: readonly number[],
  options: ForecastOptions,
): Forecast {
  checkTrendOptions(options, {
    limit: FINITE,
    side: { allowed: 'ceiling, floor', accepts: (side) => side === 'ceiling' || side === 'floor' },
    significance: SHARE,
    confidence: SHARE,
  });
  const series = measuredSeries(times, values, MAX_TREND_POINTS);
  if (series.given < MIN_TREND_POINTS) return notEnoughData(MIN_TREND_POINTS, series.given);
  const slopes = pairSlopes(series);
  const trend = testTrend(series, slopes, options.significance ?? 0.05);
  const slope = estimateSlope(series, slopes, options.confidence ?? 0.95, trend.varianceFactor);
  return forecastAlong(series, trend, slope, options);
}

function forecastAlong(
  series: MeasuredSeries,
  trend: TrendTest,
  slope: SlopeEstimate,
  { limit, side = 'ceiling' }: ForecastOptions,
): Forecast {
  const upwards = side === 'ceiling' ? 1 : -1;
  const hasTrend = trend.verdict !== 'no trend';
  const level = hasTrend ? slope.lastLevel : lastLevelOf(series, 0);
  if (upwards * (limit - level) <= 0) return { verdict: 'reached', trend, slope };
  if (!hasTrend) return { verdict: 'never', reason: 'no trend', trend, slope };
  /** When the line with that slope is at the limit; it may have been there before. */
  const reachedIn = (perSecond: number): number | undefined =>
    upwards * perSecond > 0 ? Math.max(0, ((limit - lastLevelOf(series, perSecond)) / perSecond) * 1000) : undefined;
  const [steepest, flattest] =
    side === 'ceiling' ? [slope.highPerSecond, slope.lowPerSecond] : [slope.lowPerSecond, slope.highPerSecond];
  const inMillis = reachedIn(slope.perSecond);
  if (inMillis === undefined)
    return { verdict: 'never', reason: slope.perSecond === 0 ? 'flat' : 'moves away', trend, slope };
  return {
    verdict: 'reaches',
    inMillis,
    earliestInMillis: reachedIn(steepest) ?? inMillis,
    latestInMillis: reachedIn(flattest),
    trend,
    slope,
  };
}
