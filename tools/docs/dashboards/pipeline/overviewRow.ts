import type { RowSpec } from '../panelSpec.ts';
import { orZero, rate, selected } from '../queries.ts';

const LOSSES = [
  rate('jaeger_agent_reporter_spans_failures_total'),
  rate('jaeger_collector_spans_dropped_total'),
  rate('jaeger_collector_spans_saved_by_svc_total', 'result="err"'),
];

/** Whether spans arrive, in four numbers. */
export const overviewRow: RowSpec = {
  title: 'At a glance',
  panels: [
    {
      title: 'Spans stored',
      description:
        'Spans that collectors handed to the storage in a second: to Elasticsearch, or with streaming to Kafka.',
      kind: 'stat',
      unit: 'cps',
      queries: [{ expr: `sum(${rate('jaeger_collector_spans_saved_by_svc_total', 'result="ok"')})`, legend: 'stored' }],
    },
    {
      title: 'Spans lost',
      description:
        'Spans lost in a second: by agents that reach no collector, by collectors whose queue is full or whose storage refuses. Packets that agents drop are not in it, as nobody knows how many spans were in them.',
      kind: 'stat',
      unit: 'cps',
      thresholds: [{ from: 0.01, color: 'red' }],
      queries: [{ expr: LOSSES.map((loss) => `(${orZero(`sum(${loss})`)})`).join(' + '), legend: 'lost' }],
    },
    {
      title: 'Fullest queue of a collector',
      description: 'Spans that wait in the fullest queue, of those that it takes. At 1 what comes next is dropped.',
      kind: 'stat',
      unit: 'percentunit',
      max: 1,
      thresholds: [
        { from: 0.5, color: 'orange' },
        { from: 0.8, color: 'red' },
      ],
      queries: [
        {
          expr: `max(${selected('jaeger_collector_queue_length')} / ${selected('jaeger_collector_queue_capacity')})`,
          legend: 'in use',
        },
      ],
    },
    {
      title: 'Targets that do not answer',
      description: 'Pods that Prometheus scrapes, and gets no answer from. What they do is in none of these panels.',
      kind: 'stat',
      unit: 'short',
      thresholds: [{ from: 1, color: 'red' }],
      queries: [{ expr: `sum(1 - ${selected('up')})`, legend: 'down' }],
    },
  ],
};
