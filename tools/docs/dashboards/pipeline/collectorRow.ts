import type { RowSpec } from '../panelSpec.ts';
import { quantiles, selected, sumOfRate } from '../queries.ts';

const POD_LEGEND = '{{pod}} {{instance}}';

/** Spans in the collectors: received, queued, saved, lost. */
export const collectorRow: RowSpec = {
  title: 'Collector',
  panels: [
    {
      title: 'Spans received by transport',
      description:
        'Spans that came in, by transport and format: gRPC from agents and OTLP, HTTP from Jaeger’s and Zipkin’s clients.',
      kind: 'stacked',
      unit: 'cps',
      queries: [
        {
          expr: sumOfRate(['transport', 'format'], 'jaeger_collector_spans_received_total'),
          legend: '{{transport}} {{format}}',
        },
      ],
    },
    {
      title: 'Spans accepted',
      description: 'Spans that the storage took, by the service that sent them: the ten that send most.',
      kind: 'stacked',
      unit: 'cps',
      queries: [
        {
          expr: `topk(10, ${sumOfRate(['svc'], 'jaeger_collector_spans_saved_by_svc_total', 'result="ok"')})`,
          legend: '{{svc}}',
        },
      ],
    },
    {
      title: 'Spans lost or refused',
      description:
        'Dropped as the queue was full, refused by the storage, or rejected as what they are is not taken, by transport. None of them comes again.',
      unit: 'cps',
      thresholds: [{ from: 0.01, color: 'red' }],
      queries: [
        {
          expr: sumOfRate(['pod', 'instance'], 'jaeger_collector_spans_dropped_total'),
          legend: `dropped ${POD_LEGEND}`,
        },
        {
          expr: sumOfRate(['pod', 'instance'], 'jaeger_collector_spans_saved_by_svc_total', 'result="err"'),
          legend: `not stored ${POD_LEGEND}`,
        },
        { expr: sumOfRate(['transport'], 'jaeger_collector_spans_rejected_total'), legend: 'rejected {{transport}}' },
      ],
    },
    {
      title: 'Queue in use',
      description: 'Spans that wait in a collector, of those its queue takes (collector.queueSize). At 1 it drops.',
      unit: 'percentunit',
      max: 1,
      thresholds: [
        { from: 0.5, color: 'orange' },
        { from: 0.8, color: 'red' },
      ],
      queries: [
        {
          expr: `max by (pod, instance) (${selected('jaeger_collector_queue_length')} / ${selected('jaeger_collector_queue_capacity')})`,
          legend: POD_LEGEND,
        },
      ],
    },
    {
      title: 'Time in the queue',
      description: 'How long spans wait before a worker takes them.',
      unit: 's',
      queries: quantiles('jaeger_collector_in_queue_latency'),
    },
    {
      title: 'Time to save',
      description:
        'How long handing a span to the storage takes. With Elasticsearch that is putting it into a request of many; how long those take is in the row Storage.',
      unit: 's',
      queries: quantiles('jaeger_collector_save_latency'),
    },
  ],
};
