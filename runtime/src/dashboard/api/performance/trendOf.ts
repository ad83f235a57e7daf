import { changePoints } from '../../../performance/statistics/changePoints.ts';
import { type Forecast, forecastToLimit } from '../../../performance/statistics/forecastToLimit.ts';
import { forecastInWords } from '../../../performance/statistics/forecastInWords.ts';
import { mannKendall, type TrendTest } from '../../../performance/statistics/mannKendall.ts';
import type { NotEnoughData } from '../../../performance/statistics/notEnoughData.ts';
import { type SlopeEstimate, theilSen } from '../../../performance/statistics/theilSen.ts';
import type { OwnLine } from './seriesSchema.ts';
import type { OwnTrendRow } from './trendsSchema.ts';

const MOST_CHANGES = 5;

/** What the values of a line tell: whether they rise or fall, when they reach a limit, when they moved to another level. */
export function trendOf(
  line: Pick<OwnLine, 'times' | 'values'>,
  limit: OwnTrendRow['limit'],
): Pick<OwnTrendRow, 'points' | 'spanMillis' | 'trend' | 'forecast' | 'changes'> {
  const known = line.times.flatMap((time, index) => {
    const value = line.values[index];
    return value === undefined || value === null ? [] : [{ time, value }];
  });
  const times = known.map(({ time }) => time);
  const values = known.map(({ value }) => value);
  const forecast = limit && forecastToLimit(times, values, { limit: limit.value, side: limit.side });
  // A forecast has compared all pairs already.
  const has = forecast !== undefined && 'trend' in forecast ? forecast : undefined;
  const trend = shownTrend(has?.trend ?? mannKendall(times, values), has?.slope ?? theilSen(times, values));
  return {
    points: known.length,
    spanMillis: (times.at(-1) ?? 0) - (times[0] ?? 0),
    trend,
    ...(forecast && { forecast: shownForecast(forecast) }),
    changes: trend.verdict === 'no trend' ? changesOf(times, values) : [],
  };
}

function shownTrend(test: TrendTest | NotEnoughData, slope: SlopeEstimate | NotEnoughData): OwnTrendRow['trend'] {
  if (test.verdict === 'not enough data') return test;
  if (slope.verdict === 'not enough data') return slope;
  const { perSecond, lowPerSecond, highPerSecond, lastLevel } = slope;
  return { verdict: test.verdict, pValue: test.pValue, perSecond, lowPerSecond, highPerSecond, lastLevel };
}

function shownForecast(forecast: Forecast): NonNullable<OwnTrendRow['forecast']> {
  const words = forecastInWords(forecast);
  switch (forecast.verdict) {
    case 'reaches': {
      const { verdict, inMillis, earliestInMillis, latestInMillis } = forecast;
      return { verdict, inMillis, earliestInMillis, ...(latestInMillis !== undefined && { latestInMillis }), words };
    }
    case 'not enough data':
      return { ...forecast, words };
    case 'reached':
    case 'never':
      return { verdict: forecast.verdict, words };
  }
}

function changesOf(times: readonly number[], values: readonly number[]): OwnTrendRow['changes'] {
  const changes = changePoints(times, values);
  if (changes.verdict === 'not enough data') return [];
  return changes.segments
    .flatMap(({ fromMillis, level }, index, all) => {
      const before = all[index - 1];
      return before === undefined ? [] : [{ atMillis: fromMillis, before: before.level, after: level }];
    })
    .slice(-MOST_CHANGES);
}
