import { ownText } from '../../core/ownText.ts';
import { toError } from '../../core/toError.ts';
import { nodeProcessPorts } from '../adapters/nodeProcessPorts.ts';
import { checkedRound, gapOfAll, joinedRounds, type ReadingSource } from '../checkedRound.ts';
import type { MetricReading, ReadingRound, ReadMetric } from '../metricReading.ts';
import { GcTotals } from './gcTotals.ts';
import { PROCESS_METRICS, type ProcessMetricName } from './processMetrics.ts';
import type { EventLoopTimes, EventLoopWatch, ProcessPorts } from './processPorts.ts';

interface Source extends ReadingSource {
  readonly metrics: readonly ProcessMetricName[];
  readonly read: () => readonly MetricReading[];
}

interface Usage {
  readonly atMillis: number;
  readonly user: number;
  readonly system: number;
}

const MILLIS = 1000;
const MICROS = 1e6;
const USABLE_FRESH_MILLIS = 10_000;
/** Node's resources have a few dozen types; whoever makes resources of their own names them as they like. */
const MAX_RESOURCE_TYPES = 50;
const MAX_NAME = 100;
const OTHER = '(other)';

/**
 * Reads what the process itself tells: how late timers are, garbage collections, heap, memory, processor time and what
 * keeps it alive. It runs on the application's thread and takes a fraction of a millisecond.
 */
export class ProcessSampler {
  readonly metrics: readonly ReadMetric[] = PROCESS_METRICS;
  readonly #ports: ProcessPorts;
  readonly #gc = new GcTotals();
  #eventLoop: EventLoopWatch | undefined;
  #isFirstDelay = true;
  #stopGc: (() => void) | undefined;
  #loopTimes: EventLoopTimes | undefined;
  #usage: Usage | undefined;
  #usable: { readonly atMillis: number; readonly processors: number } | undefined;
  readonly #sources: readonly Source[];

  constructor(ports: ProcessPorts = nodeProcessPorts()) {
    this.#ports = ports;
    this.#sources = this.#allSources();
  }

  /** Begins to watch event loop and garbage collections. Does nothing where it has begun. */
  start(): void {
    if (this.#eventLoop !== undefined) return;
    this.#eventLoop = this.#ports.watchEventLoop();
    this.#isFirstDelay = true;
    this.#stopGc = this.#ports.watchGc(this.#gc.add);
    this.#loopTimes = this.#ports.eventLoopTimes();
    this.#usage = this.#usageNow();
  }

  /** Ends what `start` began. Counters keep what they counted. May be called again. */
  stop(): void {
    this.#eventLoop?.stop();
    this.#eventLoop = undefined;
    this.#stopGc?.();
    this.#stopGc = undefined;
  }

  /** What there is to tell now; never rejects. What fails or cannot be true is a gap. */
  read(): Promise<ReadingRound> {
    return Promise.resolve(joinedRounds(this.#sources.map(ask)));
  }

  #allSources(): readonly Source[] {
    const ports = this.#ports;
    return [
      {
        name: 'event loop delay',
        metrics: [
          'nodejs.eventloop.delay.mean',
          'nodejs.eventloop.delay.p50',
          'nodejs.eventloop.delay.p99',
          'nodejs.eventloop.delay.max',
        ],
        read: () => this.#delay(),
      },
      {
        name: 'event loop utilization',
        metrics: ['nodejs.eventloop.utilization', 'nodejs.eventloop.time'],
        read: () => this.#loop(),
      },
      {
        name: 'garbage collection',
        metrics: ['tracewright.v8js.gc.count', 'tracewright.v8js.gc.time'],
        read: () => this.#garbage(),
      },
      {
        name: 'heap spaces',
        metrics: [
          'v8js.memory.heap.used',
          'v8js.memory.heap.space.size',
          'v8js.memory.heap.space.available_size',
          'v8js.memory.heap.space.physical_size',
        ],
        read: () => heapSpaces(ports),
      },
      { name: 'heap', metrics: ['tracewright.v8js.heap.used', 'tracewright.v8js.heap.limit'], read: () => heap(ports) },
      {
        name: 'process memory',
        metrics: [
          'process.memory.usage',
          'tracewright.process.memory.external',
          'tracewright.process.memory.array_buffers',
        ],
        read: () => memory(ports),
      },
      { name: 'processor time', metrics: ['process.cpu.time'], read: () => processorTime(ports) },
      { name: 'processor utilization', metrics: ['process.cpu.utilization'], read: () => this.#utilization() },
      { name: 'active resources', metrics: ['v8js.resource.active'], read: () => activeResources(ports) },
      {
        name: 'uptime',
        metrics: ['process.uptime'],
        read: () => [{ metric: 'process.uptime', value: ports.uptimeSeconds() }],
      },
    ];
  }

  #delay(): readonly MetricReading[] {
    if (this.#eventLoop === undefined) throw new Error('the event loop is not watched: start() was not called');
    const { count, mean, p50, p99, max } = this.#eventLoop.take();
    const isFirst = this.#isFirstDelay;
    this.#isFirstDelay = false;
    // The first reading comes at once: nothing was due before it.
    if (count === 0 && isFirst) return [];
    if (count === 0) throw new Error('no timer was due since the last reading');
    return [
      { metric: 'nodejs.eventloop.delay.mean', value: mean / MILLIS },
      { metric: 'nodejs.eventloop.delay.p50', value: p50 / MILLIS },
      { metric: 'nodejs.eventloop.delay.p99', value: p99 / MILLIS },
      { metric: 'nodejs.eventloop.delay.max', value: max / MILLIS },
    ];
  }

  #loop(): readonly MetricReading[] {
    const before = this.#loopTimes ?? { active: 0, idle: 0 };
    const now = this.#ports.eventLoopTimes();
    this.#loopTimes = now;
    const active = now.active - before.active;
    return [
      { metric: 'nodejs.eventloop.utilization', value: active / (active + now.idle - before.idle) },
      timeIn('active', now.active),
      timeIn('idle', now.idle),
    ];
  }

  #garbage(): readonly MetricReading[] {
    if (this.#stopGc === undefined) throw new Error('garbage collections are not watched: start() was not called');
    return this.#gc.readings();
  }

  #usageNow(): Usage {
    return { atMillis: this.#ports.monotonicMillis(), ...this.#ports.processorTime() };
  }

  #utilization(): readonly MetricReading[] {
    const now = this.#usageNow();
    const before = this.#usage;
    this.#usage = now;
    if (before === undefined) return [];
    const hadMicros = (now.atMillis - before.atMillis) * MILLIS * this.#usableProcessors(now.atMillis);
    return [
      modeReading('process.cpu.utilization', 'user', (now.user - before.user) / hadMicros),
      modeReading('process.cpu.utilization', 'system', (now.system - before.system) / hadMicros),
    ];
  }

  /** Asking reads files, and limits hardly ever change. */
  #usableProcessors(nowMillis: number): number {
    if (this.#usable === undefined || nowMillis - this.#usable.atMillis >= USABLE_FRESH_MILLIS)
      this.#usable = { atMillis: nowMillis, processors: this.#ports.usableProcessors() };
    return this.#usable.processors;
  }
}

function ask(source: Source): ReadingRound {
  try {
    return checkedRound(source, source.read());
  } catch (error) {
    return { readings: [], gaps: [gapOfAll(source, ownText(toError(error).message, MAX_NAME))] };
  }
}

function heapSpaces(ports: ProcessPorts): readonly MetricReading[] {
  return ports.heapSpaces().flatMap(({ name, size, used, available, physical }) => {
    const attributes = { 'v8js.heap.space.name': name };
    return [
      { metric: 'v8js.memory.heap.used', value: used, attributes },
      { metric: 'v8js.memory.heap.space.size', value: size, attributes },
      { metric: 'v8js.memory.heap.space.available_size', value: available, attributes },
      { metric: 'v8js.memory.heap.space.physical_size', value: physical, attributes },
    ];
  });
}

function heap(ports: ProcessPorts): readonly MetricReading[] {
  const { used, limit } = ports.heap();
  return [
    { metric: 'tracewright.v8js.heap.used', value: used },
    { metric: 'tracewright.v8js.heap.limit', value: limit },
  ];
}

function memory(ports: ProcessPorts): readonly MetricReading[] {
  const { resident, external, arrayBuffers } = ports.memory();
  return [
    { metric: 'process.memory.usage', value: resident },
    { metric: 'tracewright.process.memory.external', value: external },
    { metric: 'tracewright.process.memory.array_buffers', value: arrayBuffers },
  ];
}

function processorTime(ports: ProcessPorts): readonly MetricReading[] {
  const { user, system } = ports.processorTime();
  return [
    modeReading('process.cpu.time', 'user', user / MICROS),
    modeReading('process.cpu.time', 'system', system / MICROS),
  ];
}

function activeResources(ports: ProcessPorts): readonly MetricReading[] {
  const counts = new Map<string, number>();
  for (const type of ports.activeResources()) {
    const known = counts.has(type) || counts.size < MAX_RESOURCE_TYPES;
    const name = known ? type : OTHER;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].map(([type, count]) => ({
    metric: 'v8js.resource.active',
    value: count,
    attributes: { 'v8js.resource.type': ownText(type, MAX_NAME) },
  }));
}

function timeIn(state: 'active' | 'idle', millis: number): MetricReading {
  return { metric: 'nodejs.eventloop.time', value: millis / MILLIS, attributes: { 'nodejs.eventloop.state': state } };
}

function modeReading(metric: ProcessMetricName, mode: 'user' | 'system', value: number): MetricReading {
  return { metric, value, attributes: { 'cpu.mode': mode } };
}
