import { counter, gauge, upDownCounter } from '../readMetrics.ts';
import type { ReadMetric } from '../metricReading.ts';

/**
 * The metrics of the machine, or of what the container may use of it: OpenTelemetry's `system.*` and `container.*` where
 * there are such, else `tracewright.*`.
 *
 * In a container with a limit of processors or memory, `system.cpu.utilization` and `system.memory.*` are of what the
 * container may use; `system.cpu.time` is always of the machine.
 */
export const SYSTEM_METRICS = [
  counter('system.cpu.time', 's', 'Time that the processors of the machine spent, by mode'),
  gauge('system.cpu.utilization', '1', 'Share of the processors that may be used, since the last reading, by mode'),
  // OpenTelemetry's name, `system.cpu.logical.count`, ends as a part of a histogram does for Prometheus.
  upDownCounter('tracewright.system.cpu.logical', '{cpu}', 'Processors of the machine'),
  gauge(
    'tracewright.system.cpu.available',
    '{cpu}',
    'Processors that may be used: by the quota or the set of processors',
  ),
  gauge('tracewright.system.load_average.1m', '{thread}', 'Threads that ran or waited to run, over a minute'),
  gauge('tracewright.system.load_average.5m', '{thread}', 'Threads that ran or waited to run, over five minutes'),
  gauge('tracewright.system.load_average.15m', '{thread}', 'Threads that ran or waited to run, over fifteen minutes'),
  upDownCounter('system.memory.usage', 'By', 'Memory that may be used, by state'),
  upDownCounter('system.memory.limit', 'By', 'Memory that may be used in all'),
  gauge('system.memory.utilization', '1', 'Share of the memory that may be used, by state'),
  upDownCounter('system.paging.usage', 'By', 'Swap of the machine, by state'),
  gauge('system.paging.utilization', '1', 'Share of the swap of the machine, by state'),
  upDownCounter('system.filesystem.usage', 'By', 'Space of a file system, by state'),
  upDownCounter('system.filesystem.limit', 'By', 'Space of a file system in all'),
  gauge('system.filesystem.utilization', '1', 'Share of the space of a file system that is used or reserved'),
  counter('system.disk.io', 'By', 'Bytes that a disk moved, by direction'),
  counter('system.disk.operations', '{operation}', 'Operations of a disk, by direction'),
  counter('system.disk.operation_time', 's', 'Time that operations of a disk took, by direction'),
  counter('system.network.io', 'By', 'Bytes that an interface moved, by direction'),
  counter('system.network.errors', '{error}', 'Errors of an interface, by direction'),
  counter('system.network.packet.dropped', '{packet}', 'Packets that an interface dropped, by direction'),
  counter('container.cpu.time', 's', 'Processor time of the container, by mode'),
  gauge('container.cpu.usage', '{cpu}', 'Processors that the container used since the last reading'),
  gauge('tracewright.container.cpu.limit', '{cpu}', 'Processors that the quota of the container is'),
  gauge('container.memory.usage', 'By', 'Memory of the container, cached files included'),
  gauge('container.memory.working_set', 'By', 'Memory of the container that the kernel cannot just drop'),
  gauge('container.memory.available', 'By', 'Memory that the container may still take'),
  gauge('tracewright.container.memory.limit', 'By', 'Memory that the container may have'),
  counter(
    'tracewright.system.sampler.restarts',
    '{restart}',
    'How often the thread that reads all this was started anew',
  ),
] as const satisfies readonly ReadMetric[];

/** The name of a metric of the machine. */
export type SystemMetricName = (typeof SYSTEM_METRICS)[number]['name'];

/** A reading of one of them. */
export interface SystemReading {
  readonly metric: SystemMetricName;
  readonly value: number;
  readonly attributes?: Readonly<Record<string, string>>;
}
