import type { PerformanceMonitor } from '../../../performance/performanceMonitor.ts';
import type { KeptSeries } from '../../../performance/series/seriesQuery.ts';
import type { ThresholdEvent } from '../../../performance/thresholds/threshold.ts';
import type { Labels } from './labelsSchema.ts';
import type { CataloguePart, CatalogueQuery, OwnMetricRow, OwnRaisedThreshold } from './catalogueSchema.ts';
import { labelsKey, labelsOf } from './labelsOf.ts';
import { metricGroups } from './metricGroup.ts';

/** Of how many metrics, series, labels and values one answer tells at most. */
const MOST = { metrics: 300, series: 5, labels: 20, values: 20, raised: 200 } as const;

/** What an instance's catalogue is read from. */
export type CatalogueSource = Pick<PerformanceMonitor, 'config' | 'series' | 'raised' | 'wallMillisOf'>;

/** The metrics that fit, and the thresholds that are raised. No point is decoded for it. */
export function catalogueOf(monitor: CatalogueSource, { search, group }: CatalogueQuery): CataloguePart {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const groupOf = metricGroups();
  const offsetMillis = monitor.wallMillisOf(0);
  const found = new Map<string, KeptSeries[]>();
  for (const series of monitor.series.kept()) {
    const { identity } = series;
    if (group !== undefined && groupOf(identity) !== group) continue;
    if (words.length > 0 && !hasAll(series, words)) continue;
    const key = JSON.stringify([identity.metric, identity.kind, identity.scope.name]);
    const siblings = found.get(key);
    if (siblings === undefined) found.set(key, [series]);
    else siblings.push(series);
  }
  const rows = [...found.values()].slice(0, MOST.metrics).flatMap((all) => {
    const [first] = all;
    return first === undefined ? [] : [rowOf(first, all, { group: groupOf(first.identity), offsetMillis })];
  });
  const { intervalMillis, keepRawMillis, keepMinutesMillis, keepHoursMillis, thresholds } = monitor.config;
  return {
    isOn: true,
    intervalMillis,
    keptMillis: { raw: keepRawMillis, minutes: keepMinutesMillis, hours: keepHoursMillis },
    thresholdCount: thresholds.length,
    raised: monitor
      .raised()
      .slice(0, MOST.raised)
      .map((event) => raisedOf(event, monitor.series.kept(event.threshold.metric))),
    total: found.size,
    metrics: rows,
  };
}

/** What is known last first, the largest of it first; what is not known at the end. */
export function largestFirst(series: readonly KeptSeries[]): readonly KeptSeries[] {
  const size = ({ latest }: KeptSeries): number => latest ?? Number.NEGATIVE_INFINITY;
  const newest = series.reduce((last, { lastMillis }) => Math.max(last, lastMillis), 0);
  return series.toSorted((a, b) => {
    // What is gone is not the largest, however large it was.
    const gone = Number(a.lastMillis < newest) - Number(b.lastMillis < newest);
    return gone || size(b) - size(a);
  });
}

function hasAll({ identity }: KeptSeries, words: readonly string[]): boolean {
  const { metric, unit, attributes, scope } = identity;
  const text = `${metric} ${unit} ${scope.name} ${JSON.stringify(attributes)}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

function rowOf(
  { identity: { metric, kind, unit, scope } }: KeptSeries,
  all: readonly KeptSeries[],
  { group, offsetMillis }: { readonly group: OwnMetricRow['group']; readonly offsetMillis: number },
): OwnMetricRow {
  return {
    name: metric,
    kind,
    unit,
    group,
    scope: scope.name,
    labels: labelValues(all.map(({ identity }) => identity.attributes as Labels)),
    seriesCount: all.length,
    series: largestFirst(all)
      .slice(0, MOST.series)
      .map(({ identity, latest, lastMillis }) => ({
        labels: labelsOf(identity.attributes),
        ...(latest !== undefined && { latest }),
        lastMillis: lastMillis + offsetMillis,
      })),
  };
}

/** Names of labels in the order of the alphabet, with values that they have. */
function labelValues(all: readonly Labels[]): OwnMetricRow['labels'] {
  const values = new Map<string, Set<string>>();
  for (const labels of all)
    for (const [name, value] of Object.entries(labels)) {
      const known = values.get(name) ?? new Set();
      values.set(name, known.add(typeof value === 'string' ? value : JSON.stringify(value)));
    }
  return [...values]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .slice(0, MOST.labels)
    .map(([name, known]) => ({
      name,
      values: [...known].slice(0, MOST.values).map((value) => value.slice(0, 300)),
      valueCount: known.size,
    }));
}

function raisedOf(event: ThresholdEvent, kept: readonly KeptSeries[]): OwnRaisedThreshold {
  const { threshold, attributes, value, forMillis, wallMillis } = event;
  const { name, metric, statistic = 'mean', above, below } = threshold;
  const labels = labelsOf(attributes);
  const key = labelsKey(labels);
  const series = kept.find(({ identity }) => labelsKey(labelsOf(identity.attributes)) === key);
  return {
    name,
    metric,
    labels,
    unit: series?.identity.unit ?? '',
    statistic,
    ...(above !== undefined && { above }),
    ...(below !== undefined && { below }),
    ...(Number.isFinite(value) && { value }),
    ...(series?.latest !== undefined && { latest: series.latest }),
    beyondSinceMillis: wallMillis - forMillis,
    raisedMillis: wallMillis,
  };
}
