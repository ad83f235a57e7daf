import type { LineStatistic } from '../../../../src/dashboard/api/performance/seriesSchema.ts';

/** A chart that is always there, where there is such a metric. */
export interface Panel {
  readonly title: string;
  /** What it is good for, where the title does not say it. */
  readonly hint?: string;
  /** Of the same unit; those that there are not are left out. */
  readonly metrics: readonly string[];
  readonly labels?: Readonly<Record<string, string>>;
  readonly statistic?: LineStatistic;
}

/** Charts beneath a heading. */
export interface PanelGroup {
  readonly title: string;
  readonly panels: readonly Panel[];
}

/** The machine, or what the container may use of it. */
export const SYSTEM_PANELS: readonly PanelGroup[] = [
  {
    title: 'Processors',
    panels: [
      { title: 'Processor use by mode', metrics: ['system.cpu.utilization'] },
      {
        title: 'Load average',
        hint: 'Threads that ran or waited to run.',
        metrics: [
          'tracewright.system.load_average.1m',
          'tracewright.system.load_average.5m',
          'tracewright.system.load_average.15m',
        ],
      },
      {
        title: 'Processors that the container used',
        metrics: ['container.cpu.usage', 'tracewright.container.cpu.limit'],
      },
    ],
  },
  {
    title: 'Memory',
    panels: [
      { title: 'Memory by state', metrics: ['system.memory.usage'] },
      {
        title: 'Memory of the container',
        hint: 'At its limit the kernel ends the process.',
        metrics: ['container.memory.working_set', 'tracewright.container.memory.limit'],
      },
      { title: 'Swap by state', metrics: ['system.paging.usage'] },
    ],
  },
  {
    title: 'Disks',
    panels: [
      { title: 'Space that is used', metrics: ['system.filesystem.utilization'] },
      { title: 'Bytes read and written', metrics: ['system.disk.io'] },
      { title: 'Operations', metrics: ['system.disk.operations'] },
      { title: 'Time of operations', metrics: ['system.disk.operation_time'] },
    ],
  },
  {
    title: 'Network',
    panels: [
      { title: 'Bytes sent and received', metrics: ['system.network.io'] },
      { title: 'Errors', metrics: ['system.network.errors'] },
      { title: 'Packets dropped', metrics: ['system.network.packet.dropped'] },
    ],
  },
];

/** This process. */
export const PROCESS_PANELS: readonly PanelGroup[] = [
  {
    title: 'Event loop',
    panels: [
      {
        title: 'Delay of the event loop',
        hint: 'How late timers are: everything else waits as long.',
        metrics: ['nodejs.eventloop.delay.p50', 'nodejs.eventloop.delay.p99', 'nodejs.eventloop.delay.max'],
        statistic: 'max',
      },
      { title: 'Share of time in which the event loop worked', metrics: ['nodejs.eventloop.utilization'] },
      { title: 'Processor use of the process by mode', metrics: ['process.cpu.utilization'] },
    ],
  },
  {
    title: 'Memory and garbage collection',
    panels: [
      { title: 'Heap in use, and its limit', metrics: ['tracewright.v8js.heap.used', 'tracewright.v8js.heap.limit'] },
      { title: 'Heap in use by space', metrics: ['v8js.memory.heap.used'] },
      {
        title: 'Memory of the process',
        metrics: [
          'process.memory.usage',
          'tracewright.process.memory.external',
          'tracewright.process.memory.array_buffers',
        ],
      },
      { title: 'Share of time that garbage collection took, by type', metrics: ['tracewright.v8js.gc.time'] },
      { title: 'Garbage collections by type', metrics: ['tracewright.v8js.gc.count'] },
    ],
  },
  {
    title: 'Handles',
    panels: [
      {
        title: 'What keeps the event loop alive, by type',
        hint: 'Sockets, timers, files. One that only grows is a leak.',
        metrics: ['v8js.resource.active'],
      },
    ],
  },
];
