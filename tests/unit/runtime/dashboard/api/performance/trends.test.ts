import { describe, expect, it } from 'vitest';
import { trendOf } from '../../../../../../runtime/src/dashboard/api/performance/trendOf.ts';
import { watchedTrends } from '../../../../../../runtime/src/dashboard/api/performance/watchedTrends.ts';
import { gauge, HOUR, KeptMonitor, MINUTE, SECOND } from './keptMonitor.ts';

const noise = (index: number): number => ((index * 7919) % 13) / 1000;

function line(count: number, valueOf: (index: number) => number) {
  return {
    times: Array.from({ length: count }, (_, index) => index * MINUTE),
    values: Array.from({ length: count }, (_, index) => valueOf(index)),
  };
}

const FULL = { value: 1, side: 'ceiling', meaning: 'disk full' } as const;

describe('a trend', () => {
  it('is not told of too few values: it says how many it takes', () => {
    const told = trendOf(
      line(4, (index) => index),
      FULL,
    );
    expect(told).toEqual({
      points: 4,
      spanMillis: 180_000,
      trend: { verdict: 'not enough data', needed: 10, given: 4 },
      forecast: { verdict: 'not enough data', needed: 10, given: 4, words: 'not enough data: 4 of 10 points' },
      changes: [],
    });
  });

  it('says when what fills up is full', () => {
    // A hundredth an hour: from 0.4 in 60 hours.
    const { trend, forecast } = trendOf(
      line(61, (index) => 0.39 + index / 6000 + noise(index) / 100),
      FULL,
    );
    expect(trend).toMatchObject({ verdict: 'rising' });
    expect('perSecond' in trend && trend.perSecond * 3600).toBeCloseTo(0.01, 3);
    expect(forecast).toMatchObject({ verdict: 'reaches' });
    expect(forecast?.verdict === 'reaches' && forecast.inMillis / HOUR).toBeCloseTo(60, -1);
    expect(forecast?.words).toMatch(/^in 2\.\d d /);
  });

  it('names when it moved to another level, and only where it does not rise or fall', () => {
    const stepped = trendOf(
      line(60, (index) => ([0, 2].includes(Math.floor(index / 20)) ? 5 : 9) + noise(index)),
      undefined,
    );
    expect(stepped.trend.verdict).toBe('no trend');
    expect(
      stepped.changes.map(({ atMillis, before, after }) => [atMillis, Math.round(before), Math.round(after)]),
    ).toEqual([
      [20 * MINUTE, 5, 9],
      [40 * MINUTE, 9, 5],
    ]);
    expect(
      trendOf(
        line(60, (index) => index),
        undefined,
      ).changes,
    ).toEqual([]);
  });

  it('leaves out times of which nothing is known', () => {
    const { times, values } = line(20, (index) => index);
    const broken = values.map((value, index) => (index % 4 === 0 ? null : value));
    expect(trendOf({ times, values: broken }, undefined)).toMatchObject({ points: 15, trend: { verdict: 'rising' } });
  });
});

describe('the trends that are watched', () => {
  it('have the limits that metrics and thresholds say', () => {
    const thresholds = [{ name: 'queue', metric: 'queue.free', below: 5, statistic: 'min' }] as const;
    const monitor = new KeptMonitor({ thresholds }).round(
      SECOND,
      gauge('tracewright.v8js.heap.used', 'By', [10, {}]),
      gauge('tracewright.v8js.heap.limit', 'By', [4000, {}]),
    );
    const limits = new Map(watchedTrends(monitor).map(({ metric, limit }) => [metric, limit]));
    expect(limits.get('tracewright.v8js.heap.used')).toEqual({
      value: 4000,
      side: 'ceiling',
      meaning: 'heap out of memory',
    });
    expect(limits.get('system.filesystem.utilization')).toEqual({ value: 1, side: 'ceiling', meaning: 'disk full' });
    expect(limits.get('queue.free')).toEqual({ value: 5, side: 'floor', meaning: 'threshold queue' });
    expect(limits.get('container.memory.working_set')).toBeUndefined();
  });
});
