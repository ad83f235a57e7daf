import type { RowSpec } from '../panelSpec.ts';
import { sumOf, sumOfRate } from '../queries.ts';

const CAPTURED = 'tracewright_errors_captured_total';

/** What goes wrong: errors of all kinds, whether a request failed with them or not. */
export const errorsRow: RowSpec = {
  title: 'Errors',
  panels: [
    {
      title: 'Errors by category',
      description: 'Errors that were captured in a second, by what they are about.',
      kind: 'stacked',
      unit: 'cps',
      queries: [
        { expr: sumOfRate(['tracewright_error_category'], CAPTURED), legend: '{{tracewright_error_category}}' },
      ],
    },
    {
      title: 'Errors by severity',
      description: 'The same errors by how bad they are.',
      kind: 'stacked',
      unit: 'cps',
      queries: [
        { expr: sumOfRate(['tracewright_error_severity'], CAPTURED), legend: '{{tracewright_error_severity}}' },
      ],
    },
    {
      title: 'Errors, handled or not',
      description: 'What nobody caught ends the process, or leaves it in a state that nobody knows.',
      kind: 'stacked',
      unit: 'cps',
      queries: [
        {
          expr: sumOfRate(['tracewright_error_handled'], CAPTURED),
          legend: 'handled: {{tracewright_error_handled}}',
        },
      ],
    },
    {
      title: 'Groups that appeared, came back or spiked',
      description:
        'A new kind of error, one that was resolved and is back, or one that is many times as frequent as it was: in ten minutes.',
      unit: 'short',
      queries: [
        {
          expr: 'sum by (tracewright_error_change) (increase(tracewright_errors_group_changes_total{namespace=~"$namespace", job=~"$job", instance=~"$instance"}[10m]))',
          legend: '{{tracewright_error_change}}',
        },
      ],
    },
    {
      title: 'Groups that are kept',
      description: 'Different kinds of errors that the page of each process can show.',
      unit: 'short',
      queries: [{ expr: sumOf(['job', 'instance'], 'tracewright_errors_groups'), legend: '{{job}} {{instance}}' }],
    },
    {
      title: 'Errors counted, but not kept whole',
      description:
        'By why: there were too many in a second, of one trace, or for the memory they may take. They stay in all counts.',
      unit: 'cps',
      queries: [
        {
          expr: sumOfRate(['reason'], 'tracewright_errors_events_left_out_total'),
          legend: 'without details: {{reason}}',
        },
        { expr: sumOfRate(['reason'], 'tracewright_errors_ungrouped_total'), legend: 'without a group: {{reason}}' },
      ],
    },
  ],
};
