import type { Dispose } from '../../core/hostProcess.ts';

/** How late timers were since the last reading, in milliseconds. */
export interface EventLoopDelay {
  /** How many samples there are of; with none, the other numbers mean nothing. */
  readonly count: number;
  readonly mean: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** Watches how late timers are. */
export interface EventLoopWatch {
  /** What was seen since the last call, which this one ends. */
  readonly take: () => EventLoopDelay;
  readonly stop: Dispose;
}

/** How long the event loop has worked and waited since the process started, in milliseconds. */
export interface EventLoopTimes {
  readonly active: number;
  readonly idle: number;
}

/** The kinds of garbage collection, as OpenTelemetry names them. */
export const GC_TYPES = ['major', 'minor', 'incremental', 'weakcb'] as const;

/** A kind of garbage collection. */
export type GcType = (typeof GC_TYPES)[number];

/** One of V8's heap spaces, in bytes. */
export interface HeapSpace {
  readonly name: string;
  readonly size: number;
  readonly used: number;
  readonly available: number;
  readonly physical: number;
}

/** What the process has of memory, in bytes. */
export interface ProcessMemory {
  readonly resident: number;
  readonly external: number;
  readonly arrayBuffers: number;
}

/** What a `ProcessSampler` needs of the process. The real ones are `nodeProcessPorts()`. */
export interface ProcessPorts {
  /** Milliseconds of a clock that never goes back. */
  readonly monotonicMillis: () => number;
  /** Starts to watch how late timers are. */
  readonly watchEventLoop: () => EventLoopWatch;
  readonly eventLoopTimes: () => EventLoopTimes;
  /** Calls `listener` with each garbage collection and how long it took. */
  readonly watchGc: (listener: (type: GcType, millis: number) => void) => Dispose;
  readonly heapSpaces: () => readonly HeapSpace[];
  /** The heap as a whole, in bytes: what is used, and what the process may use before it ends for lack of it. */
  readonly heap: () => { readonly used: number; readonly limit: number };
  readonly memory: () => ProcessMemory;
  /** Processor time since the process started, in microseconds. */
  readonly processorTime: () => { readonly user: number; readonly system: number };
  /**
   * How many processors the process may use at a time, by its quota or the set of processors: 1.25. Throws where that cannot
   * be read.
   */
  readonly usableProcessors: () => number;
  /** The types of what keeps the process alive, one entry each. */
  readonly activeResources: () => readonly string[];
  /** How long the process has run. */
  readonly uptimeSeconds: () => number;
}
