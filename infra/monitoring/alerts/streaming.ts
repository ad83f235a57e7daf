import type { AlertGroup } from '../alertRule.ts';
import type { MonitoredStack } from '../monitoredStack.ts';
import { podsOf, shareOf } from '../promql.ts';
import { noneAnswers } from './noneAnswers.ts';

/** Alerts of what is between collectors and storage where a stack streams: Kafka and the ingesters. */
export function streamingAlerts(stack: MonitoredStack): AlertGroup {
  const pods = podsOf('ingester', stack);
  const collectors = podsOf('collector', stack);
  const produced = 'jaeger_kafka_spans_written_total';
  const consumer = 'jaeger_ingester_sarama_consumer';
  const consumed = `rate(${consumer}_messages_total{${pods}}[5m])`;
  return {
    name: 'tracewright-streaming',
    rules: [
      {
        ...noneAnswers('ingester', stack),
        name: 'JaegerIngesterDown',
        summary: 'No Jaeger ingester answers.',
        description:
          'No ingester in namespace {{ $labels.namespace }} has answered a scrape for 5 minutes. Spans wait in Kafka, and are lost when they are older than it keeps them.',
      },
      {
        name: 'KafkaProducerErrors',
        severity: 'critical',
        expr: `${shareOf(
          `increase(${produced}{status="failure",${collectors}}[10m])`,
          `increase(${produced}{${collectors}}[10m])`,
          'namespace',
        )} > 0.01`,
        forMinutes: 2,
        summary: 'Kafka does not take the spans of collectors.',
        description:
          'Kafka did not take {{ $value | humanizePercentage }} of the spans that collectors in namespace {{ $labels.namespace }} wrote in the last 10 minutes. They are lost.',
      },
      {
        name: 'KafkaLagGrowing',
        severity: 'warning',
        // A gauge is of the last message that was read: of a partition that another ingester has got meanwhile, it stays as it was.
        expr: `sum by (namespace) (${consumer}_offset_lag{${pods}} and ${consumed} > 0) / sum by (namespace) (${consumed}) > 120`,
        forMinutes: 10,
        summary: 'Ingesters are minutes behind.',
        description:
          'Ingesters in namespace {{ $labels.namespace }} need {{ $value | humanizeDuration }} for what waits in Kafka, if nothing else came. Traces can be read that much later.',
      },
      {
        name: 'JaegerIngesterStuck',
        severity: 'critical',
        expr: `sum by (namespace) (rate(${produced}{status="success",${collectors}}[5m])) > 0 unless sum by (namespace) (${consumed}) > 0`,
        forMinutes: 5,
        summary: 'Collectors write to Kafka, and ingesters read nothing.',
        description:
          'Collectors in namespace {{ $labels.namespace }} write {{ $value | humanize }} spans a second to Kafka, and ingesters have read none for 5 minutes. The spans wait in Kafka.',
      },
      {
        name: 'JaegerIngesterSpansGivenUp',
        severity: 'critical',
        expr: `sum by (namespace, pod) (increase(jaeger_ingester_span_processor_retry_exhausted_total{${pods}}[15m])) > 0`,
        forMinutes: 0,
        summary: 'A Jaeger ingester has given up spans that it could not write.',
        description:
          'Ingester {{ $labels.pod }} gave up about {{ $value | humanize }} messages in the last 15 minutes, after all its retries: they cannot be read, or the storage refuses them. They are lost.',
      },
    ],
  };
}
