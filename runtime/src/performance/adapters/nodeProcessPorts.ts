import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import {
  constants,
  monitorEventLoopDelay,
  performance,
  PerformanceObserver,
  type PerformanceEntry,
} from 'node:perf_hooks';
import process from 'node:process';
import { getHeapSpaceStatistics, getHeapStatistics } from 'node:v8';
import type { Dispose } from '../../core/hostProcess.ts';
import type { EventLoopDelay, EventLoopWatch, GcType, ProcessPorts } from '../process/processPorts.ts';
import { ContainerReader } from '../system/cgroup/containerReader.ts';
import { usableProcessors } from '../system/usableProcessors.ts';

const RESOLUTION_MILLIS = 10;
const NANOSECONDS = 1e6;

const GC_TYPE_OF_KIND: ReadonlyMap<number, GcType> = new Map([
  [constants.NODE_PERFORMANCE_GC_MAJOR, 'major'],
  [constants.NODE_PERFORMANCE_GC_MINOR, 'minor'],
  [constants.NODE_PERFORMANCE_GC_INCREMENTAL, 'incremental'],
  [constants.NODE_PERFORMANCE_GC_WEAKCB, 'weakcb'],
]);

/** The process that this code runs in. */
export function nodeProcessPorts(): ProcessPorts {
  const readTextFile = (path: string) => readFileSync(path, 'utf8');
  const container = new ContainerReader({ readTextFile });
  const processors = { platform: process.platform, readTextFile, availableParallelism };
  return {
    monotonicMillis: () => performance.now(),
    watchEventLoop,
    eventLoopTimes: () => performance.eventLoopUtilization(),
    watchGc,
    heapSpaces: () =>
      getHeapSpaceStatistics().map((space) => ({
        name: space.space_name,
        size: space.space_size,
        used: space.space_used_size,
        available: space.space_available_size,
        physical: space.physical_space_size,
      })),
    heap: () => {
      const { used_heap_size: used, heap_size_limit: limit } = getHeapStatistics();
      return { used, limit };
    },
    memory: () => {
      const { rss: resident, external, arrayBuffers } = process.memoryUsage();
      return { resident, external, arrayBuffers };
    },
    processorTime: () => process.cpuUsage(),
    usableProcessors: () => usableProcessors(processors, container.readProcessors()?.limit),
    activeResources: () => process.getActiveResourcesInfo(),
    uptimeSeconds: () => process.uptime(),
  };
}

function watchEventLoop(): EventLoopWatch {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MILLIS });
  histogram.enable();
  return {
    take: () => {
      const delay: EventLoopDelay = {
        count: histogram.count,
        mean: latenessOf(histogram.mean),
        p50: latenessOf(histogram.percentile(50)),
        p99: latenessOf(histogram.percentile(99)),
        max: latenessOf(histogram.max),
      };
      histogram.reset();
      return delay;
    },
    stop: () => {
      histogram.disable();
    },
  };
}

/** Node measures from one timer to the next: the time that the timer was set to is in it. */
function latenessOf(nanoseconds: number): number {
  return Math.max(0, nanoseconds / NANOSECONDS - RESOLUTION_MILLIS);
}

function watchGc(listener: (type: GcType, millis: number) => void): Dispose {
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const type = GC_TYPE_OF_KIND.get(kindOf(entry));
      if (type !== undefined) listener(type, entry.duration);
    }
  });
  observer.observe({ entryTypes: ['gc'] });
  return () => observer.disconnect();
}

function kindOf({ detail }: PerformanceEntry & { readonly detail?: unknown }): number {
  return typeof detail === 'object' && detail !== null && 'kind' in detail ? Number(detail.kind) : 0;
}
