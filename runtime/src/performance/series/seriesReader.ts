import type { MetricKind } from '../metrics/metricSnapshot.ts';
import { notEnoughData } from '../statistics/notEnoughData.ts';
import { Distribution } from './distribution.ts';
import type { SeriesGap } from './gapBook.ts';
import { floorTo, type Level, WIDTH_MILLIS } from './levels.ts';
import { rateOf } from './rateOf.ts';
import type { NothingMeasured, SeriesPoint, SeriesSummary } from './seriesQuery.ts';
import type { TimedSlice } from './sliceQueue.ts';
import type { TimeSeries } from './timeSeries.ts';

/** What is read of a series. */
export interface ReadingWindow {
  readonly level: Level;
  /** What came at this time is before it. */
  readonly fromMillis: number;
  readonly toMillis: number;
  /** When anything was known first. */
  readonly sinceMillis: number;
}

/** The points of a series within a window. */
export function pointsOf(series: TimeSeries, window: ReadingWindow): readonly SeriesPoint[] {
  return Array.from(slicesOf(series, window), (slice) => pointOf(slice, series.identity.kind));
}

/** What several series are like within a window, together. */
export function summaryOf(
  all: readonly TimeSeries[],
  window: ReadingWindow,
  gaps: readonly SeriesGap[],
): SeriesSummary | NothingMeasured {
  const together = new Distribution();
  let rate: number | undefined;
  for (const series of all) {
    const values = valuesOf(series, window);
    const own = rateOf(series.identity.kind, values);
    if (own !== undefined) rate = (rate ?? 0) + own;
    together.merge(values);
  }
  return summarised(together, rate, gaps);
}

function slicesOf(series: TimeSeries, { level, fromMillis, toMillis }: ReadingWindow): Iterable<TimedSlice> {
  // Times are whole: what came after the beginning came a millisecond later at least.
  if (level === 0) return series.read(level, Math.floor(fromMillis) + 1, toMillis);
  const width = WIDTH_MILLIS[level];
  return series.read(level, floorTo(width, fromMillis), floorTo(width, toMillis) + width - 1);
}

function valuesOf(series: TimeSeries, window: ReadingWindow): Distribution {
  const values = new Distribution();
  for (const { slice } of slicesOf(series, window)) values.merge(slice);
  const { bornMillis } = series;
  // Before it began it did not grow, which is known: one error of the last minute is one within an hour, not sixty.
  if (bornMillis !== undefined && values.coveredMillis > 0)
    values.coveredMillis += Math.max(0, bornMillis - Math.max(window.fromMillis, window.sinceMillis));
  return values;
}

function pointOf({ timeMillis, slice }: TimedSlice, kind: MetricKind): SeriesPoint {
  const { count, sum, mean } = slice;
  return {
    timeMillis,
    count,
    sum,
    min: count === 0 ? undefined : slice.min,
    max: count === 0 ? undefined : slice.max,
    mean,
    ratePerSecond: rateOf(kind, slice),
    quantile: (share) => slice.quantile(share),
    countsUpTo: (limits) => slice.countsUpTo(limits),
  };
}

function summarised(
  values: Distribution,
  ratePerSecond: number | undefined,
  gaps: readonly SeriesGap[],
): SeriesSummary | NothingMeasured {
  const { count, sum, min, max, mean } = values;
  if (mean === undefined) return { ...notEnoughData(1, 0), ratePerSecond, gaps };
  const quantile = (share: number): number => values.quantile(share) ?? mean;
  return {
    verdict: 'summarised',
    count,
    sum,
    min,
    max,
    mean,
    p50: quantile(0.5),
    p90: quantile(0.9),
    p95: quantile(0.95),
    p99: quantile(0.99),
    p999: quantile(0.999),
    ratePerSecond,
    gaps,
  };
}
