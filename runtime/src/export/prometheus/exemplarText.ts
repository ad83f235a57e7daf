import type { Exemplar } from '../../performance/metrics/metricSnapshot.ts';
import { numberText } from './numberText.ts';

/** OpenMetrics' limit for the names and values of an exemplar's labels together. */
const MOST_CHARACTERS = 128;
const NAME_CHARACTERS = 'trace_id'.length + 'span_id'.length;
const HEXADECIMAL = /^[0-9a-f]+$/i;

/**
 * An exemplar as it stands behind its sample; empty where it is none that OpenMetrics allows, as one bad exemplar makes a
 * server throw all of a scrape away.
 */
export function exemplarText(exemplar: Exemplar | undefined): string {
  if (exemplar === undefined) return '';
  const { traceId, spanId, value, wallMillis } = exemplar;
  if (NAME_CHARACTERS + traceId.length + spanId.length > MOST_CHARACTERS) return '';
  if (!HEXADECIMAL.test(traceId) || !HEXADECIMAL.test(spanId) || !Number.isFinite(value)) return '';
  const time = Number.isFinite(wallMillis) ? ` ${wallMillis / 1000}` : '';
  return ` # {trace_id="${traceId}",span_id="${spanId}"} ${numberText(value)}${time}`;
}
