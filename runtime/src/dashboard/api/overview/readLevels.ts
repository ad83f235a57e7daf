import type { Attributes } from '@opentelemetry/api';
import type { PerformanceMonitor } from '../../../performance/performanceMonitor.ts';
import { LEVELS, type LevelKey, type OverviewWindow, type OwnLevel } from './overviewSchema.ts';
import { RECENT_MILLIS, WINDOW_SHAPES } from './overviewWindows.ts';

/** How a level is read of series. */
interface LevelSource {
  readonly metric: string;
  readonly attributes?: Attributes;
  /** Of several series: the sum at each time, or the one that is highest now. */
  readonly of: 'sum' | 'highest';
  /** What it is a share of. */
  readonly limitMetric?: string;
  /** What tells series apart for people. */
  readonly label?: string;
}

/** The metric of each level. */
export const LEVEL_SOURCES: Readonly<Record<LevelKey, LevelSource>> = {
  cpu: { metric: 'process.cpu.utilization', of: 'sum' },
  memory: { metric: 'tracewright.v8js.heap.used', of: 'sum', limitMetric: 'tracewright.v8js.heap.limit' },
  machineMemory: {
    metric: 'system.memory.utilization',
    attributes: { 'system.memory.state': 'used' },
    of: 'sum',
  },
  eventLoop: { metric: 'nodejs.eventloop.delay.p99', of: 'highest' },
  disk: { metric: 'system.filesystem.utilization', of: 'highest', label: 'system.filesystem.mountpoint' },
};

const MOST_SLICES = 60;
/** Less than this share of the time before says nothing of it. */
const LEAST_COVERED = 0.25;

type Source = Pick<PerformanceMonitor, 'series' | 'wallMillisOf'>;

interface TimedValue {
  readonly timeMillis: number;
  mean: number;
  highest: number;
}

/** Reads each level, one in each step. Those of which nothing is known are left out. */
export function* readLevels(monitor: Source, window: OverviewWindow): Generator<undefined, OwnLevel[]> {
  const levels: OwnLevel[] = [];
  for (const key of LEVELS) {
    const level = readLevel(monitor, key, window);
    if (level !== undefined) levels.push(level);
    yield undefined;
  }
  return levels;
}

function readLevel(monitor: Source, key: LevelKey, window: OverviewWindow): OwnLevel | undefined {
  const { millis, beforeMillis } = WINDOW_SHAPES[window];
  const source = LEVEL_SOURCES[key];
  const { series } = monitor;
  const highest = source.of === 'highest' ? highestOf(monitor, source.metric) : undefined;
  const { toMillis, series: found } = series.query({
    metric: source.metric,
    attributes: source.attributes,
    ...(highest && { only: new Set([highest.identity]) }),
    windowMillis: beforeMillis === undefined ? millis : 2 * millis,
  });
  const limit = source.limitMetric === undefined ? 1 : limitOf(monitor, source.limitMetric);
  const values = summed(found).map((value) => ({
    ...value,
    mean: value.mean / limit,
    highest: value.highest / limit,
  }));
  const current = values.filter(({ timeMillis }) => timeMillis > toMillis - millis);
  const last = current.at(-1);
  if (last === undefined || !Number.isFinite(last.mean)) return undefined;
  const recent = current.filter(({ timeMillis }) => timeMillis > toMillis - RECENT_MILLIS);
  const before = values.slice(0, values.length - current.length);
  const first = before[0];
  const isBeforeKnown = first !== undefined && first.timeMillis <= toMillis - (1 + LEAST_COVERED) * millis;
  const name = source.label === undefined ? undefined : highest?.identity.attributes[source.label];
  return {
    key,
    ...(typeof name === 'string' && { of: name.slice(0, 100) }),
    latest: last.mean,
    recent: meanOf(recent.length === 0 ? [last] : recent),
    current: meanOf(current),
    ...(isBeforeKnown && { before: meanOf(before) }),
    points: pointsOf(current, millis / MOST_SLICES, (timeMillis) => monitor.wallMillisOf(timeMillis)),
  };
}

function highestOf({ series }: Source, metric: string) {
  const kept = series.kept(metric);
  const newest = Math.max(...kept.map(({ lastMillis }) => lastMillis));
  return kept
    .filter(({ lastMillis }) => lastMillis === newest)
    .reduce<(typeof kept)[number] | undefined>(
      (highest, each) => ((each.latest ?? -1) > (highest?.latest ?? -1) ? each : highest),
      undefined,
    );
}

function limitOf({ series }: Source, metric: string): number {
  return series.kept(metric)[0]?.latest ?? Number.NaN;
}

type Found = ReturnType<PerformanceMonitor['series']['query']>['series'];

/** What was read in one round has one time. */
function summed(found: Found): readonly TimedValue[] {
  const values = new Map<number, TimedValue>();
  for (const { points } of found)
    for (const { timeMillis, mean, max } of points) {
      if (mean === undefined) continue;
      const sum = values.get(timeMillis);
      if (sum === undefined) values.set(timeMillis, { timeMillis, mean, highest: max ?? mean });
      else {
        sum.mean += mean;
        sum.highest += max ?? mean;
      }
    }
  return [...values.values()].sort((a, b) => a.timeMillis - b.timeMillis);
}

/** The highest of each slice by the wall clock: the same slices on every replica. */
function pointsOf(
  values: readonly TimedValue[],
  sliceMillis: number,
  wallMillisOf: (timeMillis: number) => number,
): OwnLevel['points'] {
  const slices = new Map<number, number>();
  for (const { timeMillis, highest } of values) {
    const slice = Math.floor(wallMillisOf(timeMillis) / sliceMillis) * sliceMillis;
    slices.set(slice, Math.max(slices.get(slice) ?? Number.NEGATIVE_INFINITY, highest));
  }
  return [...slices].map(([fromMillis, value]) => ({ fromMillis, value }));
}

function meanOf(values: readonly TimedValue[]): number {
  return values.reduce((sum, { mean }) => sum + mean, 0) / values.length;
}
