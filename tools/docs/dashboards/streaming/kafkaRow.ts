import type { RowSpec } from '../panelSpec.ts';
import { rate, selected, sumOfRate } from '../queries.ts';

const LAG = selected('jaeger_ingester_sarama_consumer_offset_lag');

/** Between collectors and ingesters. */
export const kafkaRow: RowSpec = {
  title: 'Kafka',
  panels: [
    {
      title: 'Spans into Kafka, and out of it',
      description:
        'Spans that collectors wrote, and messages that ingesters read; one message is one span. Apart, the lag grows or shrinks.',
      unit: 'cps',
      queries: [
        { expr: `sum(${rate('jaeger_kafka_spans_written_total', 'status="success"')})`, legend: 'written' },
        { expr: `sum(${rate('jaeger_ingester_sarama_consumer_messages_total')})`, legend: 'read' },
      ],
    },
    {
      title: 'Lag',
      description: 'Messages that are in Kafka and were not read yet, of all partitions: what would be late, not lost.',
      unit: 'short',
      queries: [{ expr: `sum(${LAG})`, legend: 'lag' }],
    },
    {
      title: 'Lag in seconds',
      description: 'How long the ingesters need for what lies there, at the speed at which they read now.',
      unit: 's',
      thresholds: [
        { from: 60, color: 'orange' },
        { from: 600, color: 'red' },
      ],
      queries: [
        {
          expr: `sum(${LAG}) / (sum(${rate('jaeger_ingester_sarama_consumer_messages_total')}) > 0) or 0 * sum(${LAG})`,
          legend: 'lag',
        },
      ],
    },
    {
      title: 'Lag by partition',
      description:
        'One that is far above the others is read by nobody, or has a message at which its ingester is stuck.',
      unit: 'short',
      width: 12,
      queries: [
        {
          expr: 'max by (partition) (jaeger_ingester_sarama_consumer_offset_lag{namespace=~"$namespace", job=~"$job", instance=~"$instance"})',
          legend: 'partition {{partition}}',
        },
      ],
    },
    {
      title: 'Spans that Kafka did not take',
      description: 'Spans that a collector could not write. They are lost.',
      unit: 'cps',
      width: 12,
      thresholds: [{ from: 0.01, color: 'red' }],
      queries: [
        {
          expr: sumOfRate(['pod', 'instance'], 'jaeger_kafka_spans_written_total', 'status="failure"'),
          legend: '{{pod}} {{instance}}',
        },
      ],
    },
  ],
};
