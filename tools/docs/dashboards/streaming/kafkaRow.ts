import type { RowSpec } from '../panelSpec.ts';
import { rate, selected, sumOfRate } from '../queries.ts';

const READ = rate('jaeger_ingester_sarama_consumer_messages_total');

/** Of partitions that are read: the gauge is of the last message, and stays as it was where there is none any more. */
const LAG = `(${selected('jaeger_ingester_sarama_consumer_offset_lag')} and ${READ} > 0)`;

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
        { expr: `sum(${READ})`, legend: 'read' },
      ],
    },
    {
      title: 'Lag',
      description:
        'Messages that wait in the partitions that are read: what is late, not lost. Of a partition that nobody reads, Jaeger does not know it; the panels beside and below show that there is one.',
      unit: 'short',
      queries: [{ expr: `sum(${LAG})`, legend: 'lag' }],
    },
    {
      title: 'Lag in seconds',
      description:
        'How long the ingesters need for the lag, at the speed at which they read now. Nothing is shown while they read nothing.',
      unit: 's',
      thresholds: [
        { from: 60, color: 'orange' },
        { from: 600, color: 'red' },
      ],
      queries: [{ expr: `sum(${LAG}) / sum(${READ} > 0)`, legend: 'lag' }],
    },
    {
      title: 'Lag by partition',
      description:
        'Messages that wait in each partition that is read. One far above the others gets more traces, or has a slower ingester. One that is not shown is not read.',
      unit: 'short',
      queries: [{ expr: `max by (partition) (${LAG})`, legend: 'partition {{partition}}' }],
    },
    {
      title: 'Messages read, by partition',
      description:
        'Spans are spread over all partitions by their traces. One at 0 beside others that are not is read by nobody, or its ingester is stuck.',
      unit: 'cps',
      queries: [{ expr: `sum by (partition) (${READ})`, legend: 'partition {{partition}}' }],
    },
    {
      title: 'Spans that Kafka did not take',
      description: 'Spans that a collector could not write. They are lost.',
      unit: 'cps',
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
