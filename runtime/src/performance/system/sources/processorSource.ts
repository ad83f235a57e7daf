import type { ContainerProcessors } from '../cgroup/containerUse.ts';
import type { SystemReading } from '../systemMetrics.ts';
import type { SystemPorts } from '../systemPorts.ts';
import { ONE_READING_ONLY } from '../systemWorkerPorts.ts';
import { usableProcessors } from '../usableProcessors.ts';
import type { SystemSource } from './systemSource.ts';

/** As OpenTelemetry names what a processor does. */
type Mode = 'user' | 'nice' | 'system' | 'idle' | 'iowait' | 'interrupt' | 'steal';
type Shares = ReadonlyMap<Mode, number>;

interface Sample {
  readonly atMillis: number;
  readonly container: ContainerProcessors | undefined;
  readonly times: Shares | undefined;
}

/** In which Linux counts for its users, whatever it counts in itself. */
const TICKS_PER_SECOND = 100;
const PERCENT = 100;
const MILLIS = 1000;

/**
 * Reads how busy the processors are. In a container with a quota, or with fewer processors than the machine has, it is
 * what the container used of what it may use.
 *
 * On Linux the times of the machine come from `/proc/stat`: systeminformation (5.33.23) leaves waiting for disks out, adds
 * guests twice, mixes units where time is stolen, and holds the thread while a shell runs.
 */
export function processorSource(
  ports: SystemPorts,
  readContainer: () => ContainerProcessors | undefined,
): SystemSource {
  let before: Sample | undefined;
  return {
    name: 'processors',
    metrics: [
      'system.cpu.time',
      'system.cpu.utilization',
      'tracewright.system.cpu.logical',
      'tracewright.system.cpu.available',
      'container.cpu.time',
      'container.cpu.usage',
      'tracewright.container.cpu.limit',
    ],
    read: async () => {
      const now: Sample = {
        atMillis: ports.host.monotonicMillis(),
        container: readContainer(),
        times: ports.platform === 'linux' ? parseProcStat(ports.readTextFile('/proc/stat')) : undefined,
      };
      const since = before;
      before = now;
      const usable = usableProcessors(ports, now.container?.limit);
      const isLimited = now.container !== undefined && usable < ports.processorCount();
      const shares = isLimited
        ? since && containerShares(since, now, usable)
        : now.times === undefined
          ? await loadOf(ports)
          : since?.times && differences(since.times, now.times);
      const counts: readonly SystemReading[] = [
        { metric: 'tracewright.system.cpu.logical', value: ports.processorCount() },
        { metric: 'tracewright.system.cpu.available', value: usable },
      ];
      return {
        readings: [
          ...modeReadings('system.cpu.time', now.times),
          ...modeReadings('system.cpu.utilization', shares),
          ...counts,
          ...containerReadings(since, now),
        ],
        gaps:
          shares === undefined
            ? [{ source: 'processors', metrics: ['system.cpu.utilization'], reason: ONE_READING_ONLY }]
            : [],
      };
    },
  };
}

/**
 * Seconds by mode since the machine started, all processors together, from the text of `/proc/stat` (proc_stat(5)).
 * Guests are in `user` already.
 *
 * @throws RangeError where they are not in it.
 */
function parseProcStat(text: string): Shares {
  const [, line = ''] = /^cpu +(.*)$/m.exec(text) ?? [];
  const [user, nice, system, idle, iowait, irq, softirq, steal] = line
    .split(' ')
    .map((ticks) => Number(ticks) / TICKS_PER_SECOND);
  if (user === undefined || nice === undefined || system === undefined || idle === undefined)
    throw new RangeError('/proc/stat: no times of processors');
  return new Map<Mode, number>([
    ['user', user],
    ['nice', nice],
    ['system', system],
    ['idle', idle],
    ['iowait', iowait ?? 0],
    ['interrupt', (irq ?? 0) + (softirq ?? 0)],
    ['steal', steal ?? 0],
  ]);
}

/** A quota may be passed for a moment, by what was saved up: there is nothing idle then. */
function containerShares(before: Sample, now: Sample, usable: number): Shares | undefined {
  if (before.container === undefined || now.container === undefined) return undefined;
  const hadSeconds = ((now.atMillis - before.atMillis) / MILLIS) * usable;
  const user = (now.container.userSeconds - before.container.userSeconds) / hadSeconds;
  const system = (now.container.systemSeconds - before.container.systemSeconds) / hadSeconds;
  return new Map<Mode, number>([
    ['user', user],
    ['system', system],
    ['idle', Math.max(0, 1 - user - system)],
  ]);
}

/** Of each mode its part of the whole. Times of waiting and of idleness can go back a little, which is none. */
function differences(before: Shares, now: Shares): Shares {
  const parts = [...now].map(([mode, seconds]) => [mode, Math.max(0, seconds - (before.get(mode) ?? 0))] as const);
  const all = parts.reduce((sum, [, seconds]) => sum + seconds, 0);
  return new Map(parts.map(([mode, seconds]) => [mode, seconds / all]));
}

async function loadOf({ currentLoad }: SystemPorts): Promise<Shares> {
  const load = await currentLoad();
  return new Map<Mode, number>([
    ['user', load.currentLoadUser / PERCENT],
    ['nice', load.currentLoadNice / PERCENT],
    ['system', load.currentLoadSystem / PERCENT],
    ['interrupt', load.currentLoadIrq / PERCENT],
    ['idle', load.currentLoadIdle / PERCENT],
  ]);
}

function containerReadings(before: Sample | undefined, now: Sample): readonly SystemReading[] {
  if (now.container === undefined) return [];
  const { userSeconds, systemSeconds, limit } = now.container;
  const times = new Map<Mode, number>([
    ['user', userSeconds],
    ['system', systemSeconds],
  ]);
  // Each by itself: of sums the difference can be a little below 0.
  const used =
    before?.container && userSeconds - before.container.userSeconds + (systemSeconds - before.container.systemSeconds);
  const seconds = (now.atMillis - (before?.atMillis ?? 0)) / MILLIS;
  return [
    ...modeReadings('container.cpu.time', times),
    ...(used === undefined ? [] : [{ metric: 'container.cpu.usage', value: used / seconds } as const]),
    ...(limit === undefined ? [] : [{ metric: 'tracewright.container.cpu.limit', value: limit } as const]),
  ];
}

function modeReadings(metric: SystemReading['metric'], shares: Shares | undefined): readonly SystemReading[] {
  return [...(shares ?? [])].map(([mode, value]) => ({ metric, value, attributes: { 'cpu.mode': mode } }));
}
