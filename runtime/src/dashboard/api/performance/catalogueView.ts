import { defineView, type InstancePart } from '../view.ts';
import { isAsked } from './askedInstance.ts';
import { catalogueOf } from './catalogueOf.ts';
import {
  cataloguePart,
  type CataloguePart,
  catalogueQuery,
  catalogueResult,
  type CatalogueResult,
  type MetricRow,
} from './catalogueSchema.ts';

/** Of how many series a metric names after instances are put together, and of how many values a label. */
const MOST_SERIES = 5;
const MOST_VALUES = 20;

type OnPart = Extract<CataloguePart, { isOn: true }>;

/** What there is of metrics, and which thresholds are raised. */
export const catalogueView = defineView({
  path: 'performance',
  summary: 'Metrics that there are, with what is known last of them, and thresholds that are raised',
  query: catalogueQuery,
  part: cataloguePart,
  result: catalogueResult,
  read: (source, query) => {
    const { performance } = source.observability;
    return performance === undefined || !isAsked(query, source)
      ? { isOn: false as const }
      : catalogueOf(performance, query);
  },
  merge: (parts) => merged(parts.flatMap(({ instance, part }) => (part.isOn ? [{ instance, part }] : []))),
});

function merged(parts: readonly InstancePart<OnPart>[]): CatalogueResult {
  const all = parts.map(({ part }) => part);
  const largest = (numberOf: (part: OnPart) => number): number => Math.max(0, ...all.map(numberOf));
  const metrics = metricsOf(parts);
  return {
    isOn: parts.length > 0,
    intervalMillis: largest(({ intervalMillis }) => intervalMillis),
    keptMillis: {
      raw: largest(({ keptMillis }) => keptMillis.raw),
      minutes: largest(({ keptMillis }) => keptMillis.minutes),
      hours: largest(({ keptMillis }) => keptMillis.hours),
    },
    thresholdCount: largest(({ thresholdCount }) => thresholdCount),
    raised: parts
      .flatMap(({ instance, part }) => part.raised.map((raised) => ({ ...raised, instance: instance.id })))
      .sort((a, b) => a.beyondSinceMillis - b.beyondSinceMillis),
    total: Math.max(
      metrics.length,
      largest(({ total }) => total),
    ),
    metrics,
  };
}

/** By name, in the order of the alphabet. */
function metricsOf(parts: readonly InstancePart<OnPart>[]): MetricRow[] {
  const rows = new Map<string, MetricRow>();
  for (const { instance, part } of parts)
    for (const { series, ...row } of part.metrics) {
      const key = JSON.stringify([row.name, row.kind, row.scope]);
      const own: MetricRow = { ...row, series: series.map((each) => ({ ...each, instance: instance.id })) };
      const known = rows.get(key);
      rows.set(key, known === undefined ? own : added(known, own));
    }
  return [...rows.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

function added(left: MetricRow, right: MetricRow): MetricRow {
  return {
    ...left,
    labels: labelsTogether(left.labels, right.labels),
    seriesCount: left.seriesCount + right.seriesCount,
    series: [...left.series, ...right.series]
      .sort((a, b) => (b.latest ?? Number.NEGATIVE_INFINITY) - (a.latest ?? Number.NEGATIVE_INFINITY))
      .slice(0, MOST_SERIES),
  };
}

/** Replicas mostly have the same values; of how many there are, the most that one has is told, or what is named where that is more. */
function labelsTogether(left: MetricRow['labels'], right: MetricRow['labels']): MetricRow['labels'] {
  const known = new Map(left.map((label) => [label.name, label]));
  for (const label of right) {
    const other = known.get(label.name);
    const values = [...new Set([...(other?.values ?? []), ...label.values])];
    known.set(label.name, {
      name: label.name,
      values: values.slice(0, MOST_VALUES),
      valueCount: Math.max(label.valueCount, other?.valueCount ?? 0, values.length),
    });
  }
  return [...known.values()];
}
