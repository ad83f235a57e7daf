import type { AlertGroup } from '../alertRule.ts';
import type { MonitoredStack, WatchedTopic } from '../monitoredStack.ts';
import { podsOf, shareOf } from '../promql.ts';
import { noneAnswers } from './noneAnswers.ts';

/** Alerts of what is between collectors and storage where a stack streams: Kafka and the ingesters. */
export function streamingAlerts(stack: MonitoredStack, topic: WatchedTopic): AlertGroup {
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
      producerErrors(stack),
      ...behind(stack),
      ...unread(stack, topic),
      {
        name: 'JaegerIngesterSpansGivenUp',
        severity: 'critical',
        expr: `sum by (namespace, pod) (increase(jaeger_ingester_span_processor_retry_exhausted_total{${podsOf('ingester', stack)}}[15m])) > 0`,
        forMinutes: 0,
        summary: 'A Jaeger ingester has given up spans that it could not write.',
        description:
          'Ingester {{ $labels.pod }} gave up about {{ $value | humanize }} messages in the last 15 minutes, after all its retries: they cannot be read, or the storage refuses them. They are lost.',
      },
    ],
  };
}

type Rule = AlertGroup['rules'][number];

function producerErrors(stack: MonitoredStack): Rule {
  const collectors = podsOf('collector', stack);
  const produced = 'jaeger_kafka_spans_written_total';
  return {
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
  };
}

/** That ingesters are slower than collectors, or have been. */
function behind(stack: MonitoredStack): Rule[] {
  const written = `sum by (namespace) (increase(${writtenSpans(stack)}[15m]))`;
  const read = `sum by (namespace) (increase(${readMessages(stack)}[15m]))`;
  const reads = `rate(${readMessages(stack)}[5m]) > 0`;
  const lag = `jaeger_ingester_sarama_consumer_offset_lag{${podsOf('ingester', stack)}}`;
  return [
    {
      name: 'KafkaLagGrowing',
      severity: 'warning',
      // What a pod counts before its first scrape is not seen: a restart makes a gap, which is over before the rule has waited.
      expr: `(${written} - (${read} or 0 * ${written})) / (${written} > 100) > 0.2`,
      forMinutes: 15,
      summary: 'Ingesters read less than collectors write.',
      description:
        'Ingesters in namespace {{ $labels.namespace }} have left {{ $value | humanizePercentage }} of what collectors wrote to Kafka in 15 minutes. It waits there, and is lost when it is older than Kafka keeps it.',
    },
    {
      name: 'JaegerIngesterBehind',
      severity: 'warning',
      // The gauge is of the last message that was read: where nothing is read any more it stays as it was, and says nothing.
      expr: `sum by (namespace) (${lag} and ${reads}) / sum by (namespace) (${reads}) > 120`,
      forMinutes: 10,
      summary: 'Ingesters are minutes behind.',
      description:
        'Ingesters in namespace {{ $labels.namespace }} need {{ $value | humanizeDuration }} for what waits in the partitions that they read, if nothing else came. Traces can be read that much later.',
    },
  ];
}

/** That a partition is read by nobody, though others may be. Where nothing at all is read, nothing is stored: an alert of the storage. */
function unread(stack: MonitoredStack, { partitions }: WatchedTopic): Rule[] {
  const lacking = `sum by (namespace) (jaeger_ingester_sarama_consumer_partitions_held{${podsOf('ingester', stack)}}) < ${partitions}`;
  const messages = readMessages(stack);
  const some = `sum by (namespace) (increase(${writtenSpans(stack)}[10m])) > ${1000 * partitions}`;
  return [
    {
      name: 'KafkaPartitionsUnread',
      severity: 'critical',
      expr: lacking,
      forMinutes: 10,
      summary: 'A partition of the topic is read by nobody.',
      description: `Ingesters in namespace {{ $labels.namespace }} hold {{ $value }} of the ${partitions} partitions of the topic. The spans in the others wait in Kafka, and are lost when they are older than it keeps them.`,
    },
    {
      name: 'JaegerIngesterStuck',
      severity: 'critical',
      // Spans go to partitions by their trace: with so many of them, each partition gets some.
      expr: `sum by (namespace, partition) (increase(${messages}[10m])) == 0 and on (namespace) (${some}) and on (namespace) sum by (namespace) (rate(${messages}[5m])) > 0 unless on (namespace) ${lacking}`,
      forMinutes: 5,
      summary: 'A partition has an ingester, which reads nothing of it.',
      description:
        'Nothing of partition {{ $labels.partition }} has been read in namespace {{ $labels.namespace }} for 10 minutes, while other partitions are. Its spans wait in Kafka, and are lost when they are older than it keeps them.',
    },
  ];
}

function writtenSpans(stack: MonitoredStack): string {
  return `jaeger_kafka_spans_written_total{status="success",${podsOf('collector', stack)}}`;
}

/** One message is one span. */
function readMessages(stack: MonitoredStack): string {
  return `jaeger_ingester_sarama_consumer_messages_total{${podsOf('ingester', stack)}}`;
}
