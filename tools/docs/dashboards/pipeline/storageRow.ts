import type { RowSpec } from '../panelSpec.ts';
import { quantiles, share, sumOfRate } from '../queries.ts';

const POD = ['pod', 'instance'] as const;
const LEGEND = '{{pod}} {{instance}}';

/** What is written to Elasticsearch: by collectors, with streaming by ingesters. */
export const storageRow: RowSpec = {
  title: 'Storage',
  panels: [
    {
      title: 'Bulk requests',
      description: 'Requests in a second that write many documents each, of spans and of services.',
      kind: 'stacked',
      unit: 'reqps',
      queries: [{ expr: sumOfRate(POD, 'jaeger_bulk_index_attempts_total'), legend: LEGEND }],
    },
    {
      title: 'Failed bulk requests',
      description:
        'Share of the requests that failed as a whole, after their retries: the documents in them are lost. Documents that Elasticsearch refuses one by one, with 400 or 403, are not in it: Jaeger has them in its log alone.',
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
      title: 'Time of a bulk request',
      description: 'How long those take that succeed.',
      unit: 's',
      thresholds: [
        { from: 1, color: 'orange' },
        { from: 5, color: 'red' },
      ],
      queries: quantiles('jaeger_bulk_index_latency_ok'),
    },
  ],
};
