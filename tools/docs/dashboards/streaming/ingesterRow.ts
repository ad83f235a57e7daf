import type { RowSpec } from '../panelSpec.ts';
import { quantiles, sumOf, sumOfRate } from '../queries.ts';

const POD = ['pod', 'instance'] as const;
const LEGEND = '{{pod}} {{instance}}';
const CONSUMER = 'jaeger_ingester_sarama_consumer';

/** Out of Kafka into the storage. */
export const ingesterRow: RowSpec = {
  title: 'Ingester',
  panels: [
    {
      title: 'Messages read',
      description:
        'By ingester. One that reads nothing while others do has no partition: there are fewer partitions than ingesters.',
      kind: 'stacked',
      unit: 'cps',
      queries: [{ expr: sumOfRate(POD, `${CONSUMER}_messages_total`), legend: LEGEND }],
    },
    {
      title: 'Partitions held',
      description: 'Partitions by ingester; together as many as the topic has.',
      kind: 'stacked',
      unit: 'short',
      queries: [{ expr: sumOf(POD, `${CONSUMER}_partitions_held`), legend: LEGEND }],
    },
    {
      title: 'Time of a message',
      description: 'How long a message takes from its reading until the storage’s writer has it.',
      unit: 's',
      queries: quantiles('jaeger_ingester_span_processor_latency'),
    },
  ],
};
