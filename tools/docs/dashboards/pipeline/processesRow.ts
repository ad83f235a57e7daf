import type { RowSpec } from '../panelSpec.ts';
import { rate, selected } from '../queries.ts';

const LEGEND = '{{pod}} {{instance}}';

const each = (expr: string) => [{ expr, legend: LEGEND }];

/** How Jaeger's own processes do. */
export const processesRow: RowSpec = {
  title: 'Processes',
  panels: [
    {
      title: 'CPU',
      description: 'Processor time in a second, in processors.',
      unit: 'short',
      queries: each(rate('process_cpu_seconds_total')),
    },
    {
      title: 'Resident memory',
      description: 'Physical memory. At its limit a container is killed, with what its queues held.',
      unit: 'bytes',
      queries: each(selected('process_resident_memory_bytes')),
    },
    {
      title: 'Goroutines',
      description: 'A number that only grows is a leak.',
      unit: 'short',
      queries: each(selected('go_goroutines')),
    },
    {
      title: 'Starts in ten minutes',
      description:
        'Processes that began anew in the same pod. A collector that restarts loses what its queue held; one that cannot reach the storage when it starts restarts again and again.',
      unit: 'short',
      thresholds: [{ from: 1, color: 'red' }],
      queries: each(`changes(${selected('process_start_time_seconds')}[10m])`),
    },
    {
      title: 'Uptime',
      description: 'How long each process has run.',
      unit: 's',
      queries: each(`time() - ${selected('process_start_time_seconds')}`),
    },
    {
      title: 'Open files',
      description: 'Files and connections, of those that the process may have.',
      unit: 'percentunit',
      max: 1,
      thresholds: [{ from: 0.8, color: 'red' }],
      queries: each(`${selected('process_open_fds')} / ${selected('process_max_fds')}`),
    },
  ],
};
