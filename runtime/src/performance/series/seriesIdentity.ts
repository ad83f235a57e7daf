import type { Attributes } from '@opentelemetry/api';
import type { MetricKind, MetricScope, MetricSnapshot } from '../metrics/metricSnapshot.ts';

/** Characters of all that tells a series from others. */
export const LONGEST_IDENTITY = 8192;

/** What tells a series from all others. */
export interface SeriesIdentity {
  readonly scope: MetricScope;
  readonly metric: string;
  readonly kind: MetricKind;
  readonly unit: string;
  readonly attributes: Attributes;
}

/** A text that no other series of the metric has; `undefined` for one longer than `LONGEST_IDENTITY`. */
export function seriesKey({ scope, name, kind }: MetricSnapshot, attributes: Attributes): string | undefined {
  const sorted = Object.keys(attributes)
    .sort()
    .map((each) => [each, attributes[each]]);
  const key = JSON.stringify([scope.name, scope.version, kind, sorted]);
  return key.length + name.length > LONGEST_IDENTITY ? undefined : key;
}

/** Whether attributes have all that is sought; what is `undefined` is not. */
export function hasAttributes(attributes: Attributes, sought: Attributes): boolean {
  return Object.entries(sought).every(
    ([name, value]) => value === undefined || JSON.stringify(attributes[name]) === JSON.stringify(value),
  );
}
