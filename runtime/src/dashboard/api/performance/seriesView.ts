import { nextTurn } from '../../../core/adapters/nextTurn.ts';
import type { ViewSource } from '../../viewSource.ts';
import { defineView, type InstancePart } from '../view.ts';
import { isAsked } from './askedInstance.ts';
import { linesOf } from './linesOf.ts';
import {
  type MetricLines,
  type SeriesAsked,
  seriesPart,
  type SeriesPart,
  seriesQuery,
  type SeriesLine,
  seriesResult,
} from './seriesSchema.ts';
import { timeRangeOf } from './timeRange.ts';

const MOST_GAPS = 100;

type OnPart = Extract<SeriesPart, { isOn: true }>;

/** Metrics over time, as lines. */
export const seriesView = defineView({
  path: 'performance/series',
  summary:
    'Metrics over time: a line for each of the largest series, thinned out with the extremes told, gaps with their reasons',
  query: seriesQuery,
  part: seriesPart,
  result: seriesResult,
  read: readSeries,
  merge: (parts, query) => {
    const on = parts.flatMap(({ instance, part }) => (part.isOn ? [{ instance, part }] : []));
    if (on.length === 0) return { isOn: false, fromMillis: 0, toMillis: 0, metrics: [] };
    return {
      isOn: true,
      fromMillis: Math.min(...on.map(({ part }) => part.fromMillis)),
      toMillis: Math.max(...on.map(({ part }) => part.toMillis)),
      metrics: query.metric.flatMap((name) => metricTogether(name, on, query) ?? []),
    };
  },
});

async function readSeries(source: ViewSource, query: SeriesAsked): Promise<SeriesPart> {
  const { performance } = source.observability;
  if (performance === undefined || !isAsked(query, source)) return { isOn: false };
  const range = timeRangeOf(query, source.wallMillis());
  return { isOn: true, ...range, metrics: await linesOf(query, { monitor: performance, range, nextTurn }) };
}

function metricTogether(
  name: string,
  parts: readonly InstancePart<OnPart>[],
  query: SeriesAsked,
): MetricLines | undefined {
  const all = parts.flatMap(({ instance, part }) =>
    part.metrics.filter((metric) => metric.name === name).map((metric) => ({ instance: instance.id, metric })),
  );
  const [first] = all;
  if (first === undefined) return undefined;
  const most = Math.max(1, Math.floor(query.lines / query.metric.length));
  const coarsest = all.reduce((found, each) => (each.metric.stepMillis > found.metric.stepMillis ? each : found));
  const lines = all.flatMap(({ instance, metric }) => metric.lines.map((line) => ({ ...line, instance })));
  return {
    ...first.metric,
    resolution: coarsest.metric.resolution,
    stepMillis: coarsest.metric.stepMillis,
    seriesCount: all.reduce((sum, { metric }) => sum + metric.seriesCount, 0),
    lines: lines.toSorted((a, b) => latestOf(b) - latestOf(a)).slice(0, most),
    gaps: all
      .flatMap(({ instance, metric }) => metric.gaps.map((gap) => ({ ...gap, instance })))
      .sort((a, b) => a.fromMillis - b.fromMillis)
      .slice(-MOST_GAPS),
  };
}

/** Each instance named its largest ones: the largest of all are among them. */
function latestOf({ values }: SeriesLine): number {
  return values.findLast((value) => value !== null) ?? Number.NEGATIVE_INFINITY;
}
