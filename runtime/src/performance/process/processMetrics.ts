import { counter, gauge, upDownCounter } from '../readMetrics.ts';
import type { ReadMetric } from '../metricReading.ts';

/**
 * The metrics of the process: OpenTelemetry's `process.*`, `nodejs.*` and `v8js.*` where there are such, else
 * `tracewright.*`.
 */
export const PROCESS_METRICS = [
  gauge('nodejs.eventloop.delay.mean', 's', 'How late timers are, mean since the last reading'),
  gauge('nodejs.eventloop.delay.p50', 's', 'How late timers are, median since the last reading'),
  gauge('nodejs.eventloop.delay.p99', 's', 'How late timers are, 99th percentile since the last reading'),
  gauge('nodejs.eventloop.delay.max', 's', 'How late timers are, at most since the last reading'),
  gauge('nodejs.eventloop.utilization', '1', 'Share of the time since the last reading in which the event loop worked'),
  counter('nodejs.eventloop.time', 's', 'How long the event loop has been in each state'),
  counter('tracewright.v8js.gc.count', '{collection}', 'Garbage collections, by type'),
  counter('tracewright.v8js.gc.time', 's', 'Time that garbage collections took, by type'),
  upDownCounter('v8js.memory.heap.used', 'By', 'Heap memory in use, by heap space'),
  upDownCounter('v8js.memory.heap.space.size', 'By', 'Heap memory pre-allocated, by heap space'),
  upDownCounter('v8js.memory.heap.space.available_size', 'By', 'Heap memory available, by heap space'),
  upDownCounter('v8js.memory.heap.space.physical_size', 'By', 'Heap memory committed, by heap space'),
  upDownCounter('tracewright.v8js.heap.used', 'By', 'Heap memory in use, all heap spaces'),
  upDownCounter(
    'tracewright.v8js.heap.limit',
    'By',
    'What the heap may grow to before the process ends for lack of memory',
  ),
  upDownCounter('process.memory.usage', 'By', 'Physical memory in use: the resident set'),
  upDownCounter('tracewright.process.memory.external', 'By', 'Memory of C++ objects that JavaScript objects stand for'),
  upDownCounter('tracewright.process.memory.array_buffers', 'By', 'Memory of array buffers and of Buffers'),
  counter('process.cpu.time', 's', 'Processor time, by mode'),
  gauge('process.cpu.utilization', '1', 'Processor time since the last reading, of the processors it can use, by mode'),
  upDownCounter('v8js.resource.active', '{resource}', 'What keeps the event loop alive, by type'),
  gauge('process.uptime', 's', 'How long the process has run'),
] as const satisfies readonly ReadMetric[];

/** The name of a metric of the process. */
export type ProcessMetricName = (typeof PROCESS_METRICS)[number]['name'];
