import type { AlertGroup } from '../alertRule.ts';
import type { MonitoredStack } from '../monitoredStack.ts';
import { podsOf, quantile, shareOf } from '../promql.ts';

/**
 * Alerts of the storage, as those see it who write to it: collectors, or ingesters where the stack streams. Elasticsearch shows no
 * metrics of its own.
 */
export function storageAlerts(stack: MonitoredStack): AlertGroup {
  const { namespace, streaming } = stack;
  const pods = podsOf(streaming ? 'ingester' : 'collector', stack);
  const coming = streaming
    ? `jaeger_kafka_spans_written_total{status="success",namespace="${namespace}"}`
    : `jaeger_collector_spans_received_total{${podsOf('collector', stack)}}`;
  return {
    name: 'tracewright-storage',
    rules: [
      {
        name: 'ElasticsearchNotWriting',
        severity: 'critical',
        // A client without a connection waits until there is one, and counts nothing meanwhile (olivere/elastic, Jaeger 1.50). With
        // streaming also where ingesters read nothing, for whatever reason: they look the same.
        expr: `sum by (namespace) (rate(${coming}[5m])) > 0 unless sum by (namespace) (rate(jaeger_bulk_index_inserts_total{${pods}}[5m])) > 0`,
        forMinutes: 5,
        summary: 'Spans come, and Elasticsearch takes none.',
        description:
          '{{ $value | humanize }} spans a second come in namespace {{ $labels.namespace }}, and not one has been written to Elasticsearch for 5 minutes.',
      },
      {
        name: 'ElasticsearchWriteErrors',
        severity: 'critical',
        expr: `${shareOf(
          `increase(jaeger_bulk_index_errors_total{${pods}}[10m])`,
          `increase(jaeger_bulk_index_attempts_total{${pods}}[10m])`,
          'namespace',
        )} > 0.05`,
        forMinutes: 5,
        // Of requests as a whole: a document refused with 400 or 403 in one that succeeds is in Jaeger's log, and in no metric.
        summary: 'Bulk requests to Elasticsearch fail.',
        description:
          '{{ $value | humanizePercentage }} of the bulk requests of the last 10 minutes in namespace {{ $labels.namespace }} failed as a whole after all their retries: refused, rejected for lack of room, or not answered in time.',
      },
      {
        name: 'ElasticsearchWritesSlow',
        severity: 'warning',
        expr: `${quantile(0.95, `rate(jaeger_bulk_index_latency_ok_bucket{${pods}}[10m])`, 'namespace')} > 2`,
        forMinutes: 10,
        summary: 'Elasticsearch takes long to write.',
        description:
          'One in twenty of the bulk requests in namespace {{ $labels.namespace }} takes {{ $value | humanizeDuration }} or longer. Each writer has one under way at a time: spans wait for it.',
      },
    ],
  };
}
