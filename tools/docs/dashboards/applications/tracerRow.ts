import type { RowSpec } from '../panelSpec.ts';
import { selected, sumOf, sumOfRate } from '../queries.ts';

const total = (metric: string): string => `sum(${selected(`tracewright_spans_${metric}`)})`;

/** Where the spans that applications make go to. */
export const tracerRow: RowSpec = {
  title: 'Tracer: created = sent + dropped + queued + in flight',
  panels: [
    {
      title: 'Spans created and sent',
      description:
        'Recorded spans that ended, and those that were handed on: over UDP to the kernel, else to what answered that it has them.',
      unit: 'cps',
      queries: [
        { expr: sumOfRate(['job'], 'tracewright_spans_created_total'), legend: 'created {{job}}' },
        { expr: sumOfRate(['job'], 'tracewright_spans_sent_total'), legend: 'sent {{job}}' },
      ],
    },
    {
      title: 'Spans dropped, by reason',
      description: 'Spans that are lost. Anything but 0 is missing in Jaeger.',
      unit: 'cps',
      thresholds: [{ from: 0.01, color: 'red' }],
      queries: [{ expr: sumOfRate(['reason'], 'tracewright_spans_dropped_total'), legend: '{{reason}}' }],
    },
    {
      title: 'Spans queued and in flight',
      description:
        'Spans that wait to be sent, and those that are being sent. A queue that is full drops what comes next.',
      kind: 'stacked',
      unit: 'short',
      queries: [
        { expr: sumOf(['job'], 'tracewright_spans_queued'), legend: 'queued {{job}}' },
        { expr: sumOf(['job'], 'tracewright_spans_in_flight'), legend: 'in flight {{job}}' },
      ],
    },
    {
      title: 'Spans turned away by sampling',
      description: 'Not among those created, and no loss: sampling is set to this.',
      unit: 'cps',
      queries: [{ expr: sumOfRate(['job'], 'tracewright_spans_unsampled_total'), legend: '{{job}}' }],
    },
    {
      title: 'Spans trimmed to fit',
      description: 'Spans among those sent that were too long for a packet, and lost attributes or events.',
      unit: 'cps',
      queries: [{ expr: sumOfRate(['job'], 'tracewright_spans_trimmed_total'), legend: '{{job}}' }],
    },
    {
      title: 'Spans unaccounted for',
      description: 'Created less sent, dropped, queued and in flight. 0, or there is a bug in the tracer.',
      unit: 'short',
      thresholds: [{ from: 1, color: 'red' }],
      queries: [
        {
          expr: `abs(${total('created_total')} - ${total('sent_total')} - ${total('dropped_total')} - ${total('queued')} - ${total('in_flight')})`,
          legend: 'unaccounted for',
        },
      ],
    },
  ],
};
