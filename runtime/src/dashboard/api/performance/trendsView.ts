import { nextTurn } from '../../../core/adapters/nextTurn.ts';
import type { ViewSource } from '../../viewSource.ts';
import { defineView } from '../view.ts';
import { isAsked } from './askedInstance.ts';
import { linesOf, type LinesReading } from './linesOf.ts';
import { timeRangeOf } from './timeRange.ts';
import { trendOf } from './trendOf.ts';
import {
  type OwnTrendRow,
  type TrendRow,
  type TrendsAsked,
  trendsPart,
  type TrendsPart,
  trendsQuery,
  trendsResult,
} from './trendsSchema.ts';
import { type WatchedTrend, watchedTrends } from './watchedTrends.ts';

/** Of how many series of a metric trends are told, and of how many in all. All pairs of values are compared: a millisecond each. */
const MOST_SERIES = 5;
const MOST_ROWS = 60;
const MOST_ROWS_TOGETHER = 200;
/** Of how many values a trend is told. */
const POINTS = 200;

/** Where things are going. */
export const trendsView = defineView({
  path: 'performance/trends',
  summary:
    'Whether series rise or fall, when they reach a limit if they go on as they did, and when they moved to another level',
  query: trendsQuery,
  part: trendsPart,
  result: trendsResult,
  read: readTrends,
  merge: (parts) => {
    const on = parts.flatMap(({ instance, part }) => (part.isOn ? [{ instance, rows: part.rows }] : []));
    const rows = on.flatMap(({ instance, rows: own }) => own.map((row) => ({ ...row, instance: instance.id })));
    return { isOn: on.length > 0, rows: rows.toSorted(byUrgency).slice(0, MOST_ROWS_TOGETHER) };
  },
});

async function readTrends(source: ViewSource, query: TrendsAsked): Promise<TrendsPart> {
  const { performance } = source.observability;
  if (performance === undefined || !isAsked(query, source)) return { isOn: false };
  const { metric, labels, statistic } = query;
  const watched =
    metric?.map((name): WatchedTrend => ({ metric: name, labels, statistic, limit: undefined })) ??
    watchedTrends(performance);
  return trendsOf(watched, { monitor: performance, range: timeRangeOf(query, source.wallMillis()), nextTurn });
}

async function trendsOf(watched: readonly WatchedTrend[], reading: LinesReading): Promise<TrendsPart> {
  const rows: OwnTrendRow[] = [];
  for (const { metric, labels, statistic, limit } of watched) {
    const asked = { metric: [metric], labels, statistic, points: POINTS, lines: MOST_SERIES };
    for (const { unit, kind, statistic: told, lines } of await linesOf(asked, reading))
      for (const line of lines) {
        await reading.nextTurn();
        rows.push({
          metric,
          unit,
          kind,
          labels: line.labels,
          statistic: told,
          ...(limit && { limit }),
          ...trendOf(line, limit),
        });
        if (rows.length === MOST_ROWS) return { isOn: true, rows };
      }
  }
  return { isOn: true, rows };
}

function byUrgency(a: TrendRow, b: TrendRow): number {
  return urgencyOf(a) - urgencyOf(b) || dueOf(a) - dueOf(b);
}

function urgencyOf({ forecast, trend }: TrendRow): number {
  if (forecast?.verdict === 'reached') return 0;
  if (forecast?.verdict === 'reaches') return 1;
  if (trend.verdict === 'rising' || trend.verdict === 'falling') return 2;
  return trend.verdict === 'no trend' ? 3 : 4;
}

function dueOf({ forecast, trend }: TrendRow): number {
  if (forecast?.verdict === 'reaches') return forecast.inMillis;
  return 'pValue' in trend ? trend.pValue : 1;
}
