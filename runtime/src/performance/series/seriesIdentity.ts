import type { Attributes } from '@opentelemetry/api';
import type { MetricKind, MetricScope, MetricSnapshot } from '../metrics/metricSnapshot.ts';

/** Characters of all that tells a series from others. */
const LONGEST_IDENTITY = 8192;

/** What tells a series from all others. */
export interface SeriesIdentity {
  readonly scope: MetricScope;
  readonly metric: string;
  readonly kind: MetricKind;
  readonly unit: string;
  readonly attributes: Attributes;
}

/** A text that no other series of the metric has, whatever the order of attributes. */
export function distinctionOf({
  scope,
  kind,
  attributes,
}: Pick<SeriesIdentity, 'scope' | 'kind' | 'attributes'>): string {
  const sorted = Object.keys(attributes)
    .sort()
    .map((each) => [each, attributes[each]]);
  return JSON.stringify([scope.name, scope.version, kind, sorted]);
}

/** The same of a point, for a store; `undefined` for one longer than `LONGEST_IDENTITY`. */
export function seriesKey({ scope, name, kind }: MetricSnapshot, attributes: Attributes): string | undefined {
  const key = distinctionOf({ scope, kind, attributes });
  return key.length + name.length > LONGEST_IDENTITY ? undefined : key;
}

/** Whether attributes have all that is sought; what is `undefined` is not. */
export function hasAttributes(attributes: Attributes, sought: Attributes): boolean {
  return Object.entries(sought).every(([name, value]) => value === undefined || areEqual(attributes[name], value));
}

/** Whether a series may have both: no attribute has another value in each. */
export function canHaveBoth(some: Attributes, others: Attributes): boolean {
  return Object.entries(some).every(
    ([name, value]) => value === undefined || !Object.hasOwn(others, name) || areEqual(others[name], value),
  );
}

function areEqual(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
