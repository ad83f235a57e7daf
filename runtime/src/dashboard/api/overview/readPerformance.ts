import { nextTurn } from '../../../core/adapters/nextTurn.ts';
import type { PerformanceMonitor } from '../../../performance/performanceMonitor.ts';
import type { TrendQuery } from '../../../performance/trendReader.ts';
import { inTurns } from '../../inTurns.ts';
import type { LevelChange, OverviewWindow, PerformancePart, RaisedLimit } from './overviewSchema.ts';
import { readLevels } from './readLevels.ts';

const MINUTE_MILLIS = 60_000;
const CHANGES_WINDOW_MILLIS = 120 * MINUTE_MILLIS;
/** A process that warms up moves from one level to the next. */
const WARM_UP_MILLIS = 5 * MINUTE_MILLIS;
/** Of the larger of both levels; less is no change that somebody should look at. */
const LEAST_CHANGE = 0.2;
const MOST_RAISED = 20;
const MOST_CHANGES = 10;

/** Series that a new version may move, of each the level of a minute. */
const WATCHED: readonly TrendQuery[] = [
  { metric: 'process.cpu.utilization', attributes: { 'cpu.mode': 'user' } },
  { metric: 'nodejs.eventloop.delay.p99' },
  { metric: 'process.memory.usage' },
  { metric: 'tracewright.v8js.heap.used' },
];

/** How an instance's process and machine are. In steps. */
export async function readPerformance(monitor: PerformanceMonitor, window: OverviewWindow): Promise<PerformancePart> {
  const levels = await inTurns(readLevels(monitor, window));
  const levelChanges: LevelChange[] = [];
  for (const query of WATCHED) {
    levelChanges.push(...changesOf(monitor, query));
    await nextTurn();
  }
  const raised = monitor.raised();
  return {
    levels,
    raised: raised.slice(0, MOST_RAISED).map(raisedOf),
    raisedCount: raised.length,
    levelChanges: levelChanges.slice(0, MOST_CHANGES),
  };
}

function changesOf(monitor: PerformanceMonitor, query: TrendQuery): readonly LevelChange[] {
  const sought = { ...query, windowMillis: CHANGES_WINDOW_MILLIS, resolution: 'minute' } as const;
  return monitor.trends.changes(sought).flatMap(({ metric, unit, changes }) => {
    if (changes.verdict !== 'changed') return [];
    const { segments } = changes;
    const beganMillis = segments[0].fromMillis;
    return segments.slice(1).flatMap((segment, index) => {
      const from = segments[index]?.level ?? segment.level;
      const to = segment.level;
      const isSmall = Math.abs(to - from) < LEAST_CHANGE * Math.max(Math.abs(from), Math.abs(to));
      if (isSmall || segment.fromMillis < beganMillis + WARM_UP_MILLIS) return [];
      return [{ metric, unit, atMillis: monitor.wallMillisOf(segment.fromMillis), from, to }];
    });
  });
}

function raisedOf({
  threshold,
  value,
  forMillis,
  wallMillis,
}: ReturnType<PerformanceMonitor['raised']>[number]): RaisedLimit {
  const { name, metric, statistic = 'mean', above, below } = threshold;
  return {
    name,
    metric,
    statistic,
    ...(above !== undefined && { above }),
    ...(below !== undefined && { below }),
    ...(Number.isFinite(value) && { value }),
    sinceMillis: wallMillis - forMillis,
  };
}
