import type { MetricSnapshot } from '../../performance/metrics/metricSnapshot.ts';
import { unitSuffix } from './unitSuffix.ts';

/** As long as OpenTelemetry allows names to be. */
const MOST_CHARACTERS = 255;

/** What a metric is called in Prometheus. */
export interface FamilyName {
  /** Of a counter without `_total`. */
  readonly name: string;
  /** What the name ends with, before `_total`; empty where there is no unit. */
  readonly unit: string;
}

/**
 * The name of a metric by OpenTelemetry's rules for Prometheus: `http.server.request.duration` in `s` is
 * `http_server_request_duration_seconds`. What Prometheus does not allow is an underscore, never two of them; colons too,
 * which are for recording rules. A unit that the name ends with already is not repeated.
 *
 * @see https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/#metric-metadata-1
 * @returns `undefined` where nothing is left of the name
 */
export function familyName({
  name,
  unit,
  kind,
}: Pick<MetricSnapshot, 'name' | 'unit' | 'kind'>): FamilyName | undefined {
  const allowed = allowedName(name.slice(0, MOST_CHARACTERS));
  if (allowed === '' || allowed === '_') return undefined;
  const base = kind === 'counter' ? allowed.replace(/(?<=.)_total$/, '') : allowed;
  const suffix = unitSuffix(unit, kind);
  if (suffix === '' || `_${base}`.endsWith(`_${suffix}`)) return { name: base, unit: suffix };
  return { name: base.endsWith('_') ? base + suffix : `${base}_${suffix}`, unit: suffix };
}

/** A text as a name of metrics and labels: letters, digits and single underscores, no digit first. */
export function allowedName(text: string): string {
  const name = text.replaceAll(/[^a-zA-Z0-9]+/g, '_');
  return /^\d/.test(name) ? `_${name}` : name;
}
