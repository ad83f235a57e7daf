import type { MetricSnapshot } from '../../performance/metrics/metricSnapshot.ts';
import { familyName } from './familyName.ts';
import { MetricLeftOutError } from './metricLeftOutError.ts';

/** A metric's type to Prometheus. */
export type FamilyType = 'counter' | 'gauge' | 'histogram';

/** All metrics that are one to Prometheus. */
export interface MetricFamily {
  /** Of a counter without `_total`. */
  readonly name: string;
  readonly type: FamilyType;
  readonly unit: string;
  readonly help: string;
  /** At least one. */
  readonly metrics: readonly MetricSnapshot[];
}

interface GrowingFamily extends MetricFamily {
  help: string;
  readonly metrics: MetricSnapshot[];
}

/** What the name of each sample of a family ends with. */
const SAMPLE_SUFFIXES: Readonly<Record<FamilyType, readonly string[]>> = {
  counter: ['', '_total'],
  gauge: [''],
  histogram: ['', '_bucket', '_count', '_sum'],
};

/** The metric that describes the process has these names in the two formats. */
const TARGET_NAMES = ['target', 'target_info'] as const;

/**
 * Metrics in families, in the order in which each family is met first. A metric whose name cannot be written, or is that of
 * samples of a family of another type, is left out and told. A family has the first description that is not empty.
 */
export function metricFamilies(
  metrics: readonly MetricSnapshot[],
  onLeftOut: (error: MetricLeftOutError) => void,
): readonly MetricFamily[] {
  const families = new Map<string, GrowingFamily>();
  const taken = new Set<string>(TARGET_NAMES);
  for (const metric of metrics) {
    const leftOut = addMetric(metric, families, taken);
    if (leftOut !== undefined)
      onLeftOut(new MetricLeftOutError({ metric: metric.name, scope: metric.scope.name, reason: leftOut }));
  }
  return [...families.values()];
}

/** @returns why it is left out */
function addMetric(
  metric: MetricSnapshot,
  families: Map<string, GrowingFamily>,
  taken: Set<string>,
): string | undefined {
  const named = familyName(metric);
  if (named === undefined) return 'its name has neither letters nor digits';
  const { name, unit } = named;
  const type = typeOf(metric);
  const family = families.get(name);
  if (family?.type === type) {
    family.metrics.push(metric);
    family.help ||= metric.description;
    return undefined;
  }
  const names = SAMPLE_SUFFIXES[type].map((suffix) => name + suffix);
  const clash = names.find((sample) => taken.has(sample));
  if (clash !== undefined) return `another metric has the name ${clash} already`;
  for (const sample of names) taken.add(sample);
  families.set(name, { name, type, unit, help: metric.description, metrics: [metric] });
  return undefined;
}

function typeOf({ kind }: MetricSnapshot): FamilyType {
  return kind === 'upDownCounter' ? 'gauge' : kind;
}
