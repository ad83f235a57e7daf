import type { PerformanceMonitor } from '../../../performance/performanceMonitor.ts';
import type { SeriesGap } from '../../../performance/series/gapBook.ts';
import type { SeriesResolution } from '../../../performance/series/levels.ts';
import { hasAttributes, type SeriesIdentity } from '../../../performance/series/seriesIdentity.ts';
import type { KeptSeries, QueriedSeries } from '../../../performance/series/seriesQuery.ts';
import { largestFirst } from './catalogueOf.ts';
import type { Labels } from './labelsSchema.ts';
import { labelsOf } from './labelsOf.ts';
import type { LineStatistic, OwnGap, OwnLine, OwnMetricLines, SeriesAsked } from './seriesSchema.ts';
import { thinnedLine } from './thinnedLine.ts';
import { stepFor } from './timeGrid.ts';
import type { TimeRange } from './timeRange.ts';

const MINUTE = 60_000;
const MOST_GAPS = 50;

/** What lines are read from. */
export type LinesSource = Pick<PerformanceMonitor, 'config' | 'series' | 'wallMillisOf'>;

/** How lines are read. */
export interface LinesReading {
  readonly monitor: LinesSource;
  readonly range: TimeRange;
  /** Between two series others get their turn: each takes a millisecond or two where readings are many. */
  readonly nextTurn: () => Promise<void>;
}

/** What of a point is shown where nothing was asked. */
function usualStatistic(kind: SeriesIdentity['kind']): LineStatistic {
  if (kind === 'counter') return 'rate';
  return kind === 'histogram' ? 'p95' : 'mean';
}

/** How far apart points are, by how fine they are kept. */
export function spacingOf(resolution: SeriesResolution, intervalMillis: number): number {
  const width = resolution === 'raw' ? 0 : resolution === 'minute' ? MINUTE : 60 * MINUTE;
  return Math.max(width, intervalMillis);
}

/** The largest series of every metric that is asked for, as lines; of a metric that there is not, nothing. */
export async function linesOf(
  { metric: names, ...asked }: Pick<SeriesAsked, 'metric' | 'labels' | 'statistic' | 'points' | 'lines'>,
  reading: LinesReading,
): Promise<OwnMetricLines[]> {
  const found: OwnMetricLines[] = [];
  const lines = Math.max(1, Math.floor(asked.lines / names.length));
  for (const name of names) {
    const fitting = fittingSeries(reading.monitor, name, asked.labels);
    const metric = await metricLines(fitting, { ...asked, lines }, reading);
    if (metric !== undefined) found.push(metric);
  }
  return found;
}

/** The series of a metric that have labels. Of metrics of the same name and other kinds, those of the first one. */
export function fittingSeries(
  { series }: Pick<LinesSource, 'series'>,
  metric: string,
  labels: Labels,
): readonly KeptSeries[] {
  const fitting = series.kept(metric).filter(({ identity }) => hasAttributes(identity.attributes, labels));
  const [first] = fitting;
  return fitting.filter(
    ({ identity }) => identity.kind === first?.identity.kind && identity.unit === first.identity.unit,
  );
}

async function metricLines(
  fitting: readonly KeptSeries[],
  { labels, statistic, points, lines }: Omit<SeriesAsked, 'metric' | 'window'>,
  { monitor, range, nextTurn }: LinesReading,
): Promise<OwnMetricLines | undefined> {
  const [first] = fitting;
  if (first === undefined) return undefined;
  const { metric, kind, unit } = first.identity;
  const offsetMillis = monitor.wallMillisOf(0);
  const window = { metric, fromMillis: range.fromMillis - offsetMillis, toMillis: range.toMillis - offsetMillis };
  const { resolution, gaps } = monitor.series.query({ ...window, attributes: labels, only: new Set() });
  const spacingMillis = spacingOf(resolution, monitor.config.intervalMillis);
  const rangeMillis = range.toMillis - range.fromMillis;
  const isTooFine = rangeMillis / spacingMillis > points;
  const usual = { statistic: statistic ?? usualStatistic(kind), offsetMillis, spacingMillis };
  const stepMillis = isTooFine ? stepFor(rangeMillis, points - 1, spacingMillis) : 0;
  const made: OwnLine[] = [];
  for (const { identity } of largestFirst(fitting).slice(0, lines)) {
    await nextTurn();
    const [series] = monitor.series.query({ ...window, only: new Set([identity]) }).series;
    if (series !== undefined) made.push(lineOf(series, { ...usual, stepMillis, points, rangeMillis }));
  }
  return {
    name: metric,
    kind,
    unit,
    statistic: usual.statistic,
    resolution,
    stepMillis: stepMillis || (resolution === 'raw' ? 0 : spacingMillis),
    seriesCount: fitting.length,
    lines: made,
    gaps: gaps.slice(-MOST_GAPS).map((gap) => gapOf(gap, { offsetMillis, spacingMillis, range })),
  };
}

interface LineAsked {
  readonly statistic: LineStatistic;
  readonly offsetMillis: number;
  readonly spacingMillis: number;
  readonly stepMillis: number;
  readonly points: number;
  readonly rangeMillis: number;
}

function lineOf({ points, attributes }: QueriedSeries, { rangeMillis, points: most, ...shape }: LineAsked): OwnLine {
  // Somebody may have asked for readings beside the interval.
  const stepMillis =
    points.length > most ? Math.max(shape.stepMillis, stepFor(rangeMillis, most - 1)) : shape.stepMillis;
  const { times, values, lows, highs } = thinnedLine(points, { ...shape, stepMillis });
  const isSpread = values.some((value, index) => lows[index] !== value || highs[index] !== value);
  return { labels: labelsOf(attributes), times, values, ...(isSpread && { lows, highs }) };
}

/** Nothing is known since the reading before it, and up to the one after it. */
function gapOf(
  { fromMillis, toMillis, source, reason, attributes }: SeriesGap,
  {
    offsetMillis,
    spacingMillis,
    range,
  }: { readonly offsetMillis: number; readonly spacingMillis: number; readonly range: TimeRange },
): OwnGap {
  return {
    fromMillis: Math.max(range.fromMillis, fromMillis + offsetMillis - spacingMillis),
    toMillis: Math.min(range.toMillis, toMillis + offsetMillis + spacingMillis),
    source,
    reason,
    ...(attributes && { labels: labelsOf(attributes) }),
  };
}
