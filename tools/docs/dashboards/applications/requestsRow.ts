import type { RowSpec } from '../panelSpec.ts';
import { quantile, quantiles, share, sumOf, sumOfRate } from '../queries.ts';

const DURATION = 'tracewright_requests_duration_seconds';
const OPERATION = 'tracewright_request_operation';
const FAILED = 'tracewright_request_state="failed"';

/** How many requests there are, how many of them fail, and how long they take. */
export const requestsRow: RowSpec = {
  title: 'Requests',
  panels: [
    {
      title: 'Requests by operation',
      description: 'Requests that ended in a second, by operation, whether they failed or not.',
      kind: 'stacked',
      unit: 'reqps',
      queries: [{ expr: sumOfRate([OPERATION], `${DURATION}_count`), legend: `{{${OPERATION}}}` }],
    },
    {
      title: 'Failed requests, share by operation',
      description: 'Failed requests of those that ended. A request counts as failed by its status or by its error.',
      unit: 'percentunit',
      thresholds: [
        { from: 0.01, color: 'orange' },
        { from: 0.05, color: 'red' },
      ],
      queries: [
        {
          expr: share(sumOfRate([OPERATION], `${DURATION}_count`, FAILED), sumOfRate([OPERATION], `${DURATION}_count`)),
          legend: `{{${OPERATION}}}`,
        },
      ],
    },
    {
      title: 'Failed requests by type of error',
      description:
        'The class of the error, or the status, that requests failed with. Of an operation 20 types are told apart; the others are “(other)”.',
      kind: 'stacked',
      unit: 'reqps',
      queries: [{ expr: sumOfRate(['error_type'], `${DURATION}_count`, FAILED), legend: '{{error_type}}' }],
    },
    {
      title: 'Duration of requests',
      description:
        'Quantiles of all requests. Each point is one request of a sampled trace: choose it to see that trace in Jaeger.',
      unit: 's',
      width: 12,
      queries: quantiles(DURATION).map((query) => ({ ...query, exemplars: true })),
    },
    {
      title: 'Duration of requests, 95th percentile by operation',
      description: '19 of 20 requests of the operation took no longer. Points are requests of sampled traces.',
      unit: 's',
      width: 12,
      queries: [{ expr: quantile(0.95, [OPERATION], DURATION), legend: `{{${OPERATION}}}`, exemplars: true }],
    },
    {
      title: 'Requests under way',
      description: 'Requests that have not ended. A number that only grows is a leak: of what never answers.',
      kind: 'stacked',
      unit: 'short',
      width: 12,
      queries: [
        {
          expr: sumOf(['tracewright_request_state'], 'tracewright_requests_unfinished'),
          legend: '{{tracewright_request_state}}',
        },
      ],
    },
    {
      title: 'Requests no longer kept, by reason',
      description:
        'Requests that the tracker let go of, as they were old, or there were too many, or they took too much memory. They stay in all numbers above.',
      unit: 'reqps',
      width: 12,
      queries: [{ expr: sumOfRate(['reason'], 'tracewright_requests_evicted_total'), legend: '{{reason}}' }],
    },
  ],
};
