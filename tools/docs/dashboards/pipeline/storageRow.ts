import type { RowSpec } from '../panelSpec.ts';
import { quantiles, share, sumOfRate } from '../queries.ts';

const POD = ['pod', 'instance'] as const;
const LEGEND = '{{pod}} {{instance}}';

/** What is written to Elasticsearch: by collectors, with streaming by ingesters. */
export const storageRow: RowSpec = {
  title: 'Storage',
  panels: [
    {
      title: 'Writes of spans',
      description: 'Documents handed to Elasticsearch in a second, in requests of many.',
      kind: 'stacked',
      unit: 'wps',
      queries: [{ expr: sumOfRate(POD, 'jaeger_bulk_index_attempts_total'), legend: LEGEND }],
    },
    {
      title: 'Failed writes',
      description: 'Share of the documents that Elasticsearch did not take. They are lost: nobody writes them again.',
      unit: 'percentunit',
      thresholds: [{ from: 0.001, color: 'red' }],
      queries: [
        {
          expr: share(
            sumOfRate(POD, 'jaeger_bulk_index_errors_total'),
            sumOfRate(POD, 'jaeger_bulk_index_attempts_total'),
          ),
          legend: LEGEND,
        },
      ],
    },
    {
      title: 'Time of a write',
      description: 'How long requests with many documents take that succeed.',
      unit: 's',
      thresholds: [
        { from: 1, color: 'orange' },
        { from: 5, color: 'red' },
      ],
      queries: quantiles('jaeger_bulk_index_latency_ok'),
    },
  ],
};
