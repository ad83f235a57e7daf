import type { RowSpec } from '../panelSpec.ts';
import { quantile, share, sumOfRate } from '../queries.ts';

const REQUESTS = 'jaeger_query_requests_total';

/** Whether people find their traces. */
export const queryRow: RowSpec = {
  title: 'Query',
  panels: [
    {
      title: 'Requests of the storage',
      description: 'What the query service asks the storage for, for its UI and its API.',
      kind: 'stacked',
      unit: 'reqps',
      queries: [{ expr: sumOfRate(['operation'], REQUESTS), legend: '{{operation}}' }],
    },
    {
      title: 'Failed requests',
      description: 'Share of them that failed. A trace that does not exist is among those of get_trace.',
      unit: 'percentunit',
      thresholds: [
        { from: 0.01, color: 'orange' },
        { from: 0.05, color: 'red' },
      ],
      queries: [
        {
          expr: share(sumOfRate(['operation'], REQUESTS, 'result="err"'), sumOfRate(['operation'], REQUESTS)),
          legend: '{{operation}}',
        },
      ],
    },
    {
      title: 'Time of requests, 95th percentile',
      description: '19 of 20 requests took no longer, by what was asked for.',
      unit: 's',
      thresholds: [
        { from: 2, color: 'orange' },
        { from: 10, color: 'red' },
      ],
      queries: [{ expr: quantile(0.95, ['operation'], 'jaeger_query_latency'), legend: '{{operation}}' }],
    },
  ],
};
