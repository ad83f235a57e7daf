import type { SeriesIdentity } from './series/seriesIdentity.ts';
import type { QueriedSeries, SeriesPoint, SeriesQuery } from './series/seriesQuery.ts';
import type { SeriesStore } from './series/seriesStore.ts';
import { type ChangePointOptions, changePoints, type LevelChanges } from './statistics/changePoints.ts';
import { type Forecast, type ForecastOptions, forecastToLimit } from './statistics/forecastToLimit.ts';
import { mannKendall, type MannKendallOptions, type TrendTest } from './statistics/mannKendall.ts';
import type { NotEnoughData } from './statistics/notEnoughData.ts';
import { type SlopeEstimate, theilSen, type TheilSenOptions } from './statistics/theilSen.ts';

/** What of a point trends are taken of. */
export type TrendStatistic = 'mean' | 'min' | 'max' | 'p50' | 'p95' | 'p99' | 'rate';

/** Which series are asked for, of which time, and what of them. */
export interface TrendQuery extends SeriesQuery {
  /** @defaultValue `rate` of counters, `mean` of others */
  readonly statistic?: TrendStatistic | undefined;
}

/** Whether a series rises or falls, and how fast. */
export interface SeriesTrend extends SeriesIdentity {
  readonly trend: TrendTest | NotEnoughData;
  readonly slope: SlopeEstimate | NotEnoughData;
}

/** When a series reaches a limit. */
export interface SeriesForecast extends SeriesIdentity {
  readonly forecast: Forecast;
}

/** When a series moved to another level. */
export interface SeriesChanges extends SeriesIdentity {
  readonly changes: LevelChanges | NotEnoughData;
}

interface Measurements {
  readonly times: readonly number[];
  readonly values: readonly number[];
}

/**
 * Trends, forecasts and changes of series. Each says `not enough data` where there is not. What is not known, in a gap, is
 * left out: times need not be at even distances.
 */
export class TrendReader {
  readonly #series: Pick<SeriesStore, 'query'>;

  constructor(series: Pick<SeriesStore, 'query'>) {
    this.#series = series;
  }

  /** Whether each series rises or falls (Mann-Kendall), and how fast (Theil-Sen). @throws RangeError, ConfigurationError */
  trends(query: TrendQuery, options: MannKendallOptions & TheilSenOptions = {}): readonly SeriesTrend[] {
    const { significance, confidence } = options;
    return this.#each(query, ({ times, values }) => ({
      trend: mannKendall(times, values, significance === undefined ? {} : { significance }),
      slope: theilSen(times, values, confidence === undefined ? {} : { confidence }),
    }));
  }

  /** When each series reaches a limit, if it goes on as it did. @throws RangeError, ConfigurationError */
  forecasts(query: TrendQuery, options: ForecastOptions): readonly SeriesForecast[] {
    return this.#each(query, ({ times, values }) => ({ forecast: forecastToLimit(times, values, options) }));
  }

  /** When each series moved to another level. @throws RangeError, ConfigurationError */
  changes(query: TrendQuery, options: ChangePointOptions = {}): readonly SeriesChanges[] {
    return this.#each(query, ({ times, values }) => ({ changes: changePoints(times, values, options) }));
  }

  #each<T extends object>(query: TrendQuery, read: (measurements: Measurements) => T): readonly (SeriesIdentity & T)[] {
    const { statistic, ...sought } = query;
    return this.#series.query(sought).series.map(({ points, ...identity }) => ({
      ...identity,
      ...read(measurementsOf(points, statistic ?? statisticOf(identity))),
    }));
  }
}

function statisticOf({ kind }: Pick<QueriedSeries, 'kind'>): TrendStatistic {
  return kind === 'counter' ? 'rate' : 'mean';
}

function measurementsOf(points: readonly SeriesPoint[], statistic: TrendStatistic): Measurements {
  const known = points.flatMap((point) => {
    const value = valueOf(point, statistic);
    return value === undefined ? [] : [{ time: point.timeMillis, value }];
  });
  return { times: known.map(({ time }) => time), values: known.map(({ value }) => value) };
}

const SHARES = { p50: 0.5, p95: 0.95, p99: 0.99 } as const;

function valueOf(point: SeriesPoint, statistic: TrendStatistic): number | undefined {
  if (statistic === 'rate') return point.ratePerSecond;
  if (statistic === 'mean' || statistic === 'min' || statistic === 'max') return point[statistic];
  return point.quantile(SHARES[statistic]);
}
