import type { RowSpec } from '../panelSpec.ts';
import { rate, selected, sumOfRate } from '../queries.ts';

const LEGEND = '{{job}} {{instance}}';
const PROCESS = ['job', 'instance'] as const;

const each = (expr: string, what?: string) => ({ expr, legend: what === undefined ? LEGEND : `${what} ${LEGEND}` });

/** How the processes of applications do. */
export const processRow: RowSpec = {
  title: 'Processes',
  panels: [
    {
      title: 'Event loop delay, 99th percentile',
      description: 'How late timers are. Whatever a request waits for waits as long.',
      unit: 's',
      thresholds: [
        { from: 0.1, color: 'orange' },
        { from: 0.5, color: 'red' },
      ],
      queries: [each(selected('nodejs_eventloop_delay_p99_seconds'))],
    },
    {
      title: 'Event loop delay, longest',
      description: 'The longest that a timer was late since the reading before.',
      unit: 's',
      queries: [each(selected('nodejs_eventloop_delay_max_seconds'))],
    },
    {
      title: 'Event loop utilization',
      description: 'Share of the time in which the event loop worked. Near 1, requests queue behind each other.',
      unit: 'percentunit',
      max: 1,
      thresholds: [
        { from: 0.7, color: 'orange' },
        { from: 0.9, color: 'red' },
      ],
      queries: [each(selected('nodejs_eventloop_utilization_ratio'))],
    },
    {
      title: 'CPU',
      description: 'Processor time in a second, in processors, of all threads of the process.',
      unit: 'short',
      queries: [each(sumOfRate(PROCESS, 'process_cpu_time_seconds_total'))],
    },
    {
      title: 'Resident memory',
      description: 'Physical memory of the process.',
      unit: 'bytes',
      queries: [each(selected('process_memory_usage_bytes'))],
    },
    {
      title: 'Heap in use, of what it may grow to',
      description: 'At 1 the process ends for lack of memory.',
      unit: 'percentunit',
      max: 1,
      thresholds: [
        { from: 0.8, color: 'orange' },
        { from: 0.95, color: 'red' },
      ],
      queries: [
        each(`${selected('tracewright_v8js_heap_used_bytes')} / ${selected('tracewright_v8js_heap_limit_bytes')}`),
      ],
    },
    {
      title: 'Garbage collection, share of the time',
      description: 'Time that collections took, by their type. More than a few hundredths is memory under pressure.',
      unit: 'percentunit',
      queries: [
        {
          expr: `sum by (job, instance, v8js_gc_type) (${rate('tracewright_v8js_gc_time_seconds_total')})`,
          legend: `{{v8js_gc_type}} ${LEGEND}`,
        },
      ],
    },
    {
      title: 'Uptime',
      description: 'How long each process has run. A line that falls to 0 is a restart.',
      unit: 's',
      queries: [each(selected('process_uptime_seconds'))],
    },
    {
      title: 'Measurements that are in no metric',
      description:
        'Dropped for being no numbers, or folded into one series as there were too many: the metrics are incomplete.',
      unit: 'cps',
      thresholds: [{ from: 0.01, color: 'orange' }],
      queries: [
        { expr: sumOfRate(['reason'], 'tracewright_metrics_dropped_total'), legend: 'dropped: {{reason}}' },
        { expr: sumOfRate(['job'], 'tracewright_metrics_overflowed_total'), legend: 'overflowed {{job}}' },
      ],
    },
  ],
};
