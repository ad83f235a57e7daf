import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { QUANTILE_RELATIVE_ERROR } from '../../../../../runtime/src/core/quantileSketch.ts';
import type { SeriesPoint } from '../../../../../runtime/src/performance/series/seriesQuery.ts';
import { SeriesStore } from '../../../../../runtime/src/performance/series/seriesStore.ts';
import { DAY, HOUR, load, MINUTE, plain, requests, SECOND } from './seriesFixture.ts';

const WIDTHS = { raw: 1, minute: MINUTE, hour: HOUR } as const;
const SHORT = { keepRawMillis: 2 * MINUTE, keepMinutesMillis: 2 * HOUR, keepHoursMillis: 6 * HOUR } as const;

interface Value {
  readonly timeMillis: number;
  readonly value: number;
}

/** Keeps every point, and sorts them into slices when it is asked. */
function naive(values: readonly Value[], width: number, fromMillis: number, toMillis: number): Map<number, number[]> {
  const slices = new Map<number, number[]>();
  for (const { timeMillis, value } of values) {
    const start = Math.floor(timeMillis / width) * width;
    const isWithin =
      width === 1
        ? timeMillis > fromMillis && timeMillis <= toMillis
        : start >= Math.floor(fromMillis / width) * width && start <= toMillis;
    if (isWithin) slices.set(start, [...(slices.get(start) ?? []), value]);
  }
  return slices;
}

function expectLike(points: readonly SeriesPoint[], slices: ReadonlyMap<number, number[]>): void {
  const expected = [...slices].map(([start, values]) => {
    const sum = values.reduce((total, value) => total + value, 0);
    return [start, values.length, sum, Math.min(...values), Math.max(...values)];
  });
  expect(plain(points)).toEqual(expected);
  for (const { timeMillis, mean, quantile } of points) {
    const sorted = (slices.get(timeMillis) ?? []).toSorted((a, b) => a - b);
    expect(mean).toBeCloseTo(sorted.reduce((total, value) => total + value, 0) / sorted.length, 9);
    for (const share of [0, 0.3, 0.5, 0.9, 1]) {
      const exact = sorted[Math.max(1, Math.ceil(share * sorted.length)) - 1] ?? Number.NaN;
      const bound = (QUANTILE_RELATIVE_ERROR + 1e-9) * Math.abs(exact);
      expect(Math.abs((quantile(share) ?? Number.NaN) - exact)).toBeLessThanOrEqual(bound);
    }
  }
}

describe('points that grow old', () => {
  it('are those of every point that came, at every resolution, whenever they came', () => {
    const pause = fc.oneof(fc.integer({ min: 1, max: 90 * SECOND }), fc.integer({ min: 1, max: 3 * HOUR }));
    const value = fc.oneof(fc.integer({ min: -1000, max: 1000 }), fc.constant(5));
    fc.assert(
      fc.property(
        fc.array(fc.tuple(pause, value), { minLength: 1, maxLength: 80 }),
        fc.integer({ min: 0, max: 5 * HOUR }),
        fc.constantFrom('raw', 'minute', 'hour'),
        (rounds, windowMillis, resolution) => {
          const store = new SeriesStore(SHORT);
          const values: Value[] = [];
          let now = 12_345;
          for (const [pauseMillis, each] of rounds) {
            now += pauseMillis;
            values.push({ timeMillis: now, value: each });
            store.append([load(each)], now);
          }
          const found = store.query({ metric: 'load', windowMillis, resolution });
          const points = found.series[0]?.points ?? [];
          expectLike(points, naive(values, WIDTHS[found.resolution], now - windowMillis, now));
        },
      ),
      { numRuns: 150 },
    );
  });

  it('are each of one level: none counts twice, and none is missing, whenever they are looked at', () => {
    const store = new SeriesStore(SHORT);
    for (let round = 0; round < 5 * 120; round += 1) {
      store.append([load(round), requests(round)], round * 30 * SECOND);
      for (const resolution of ['raw', 'minute', 'hour'] as const) {
        const points = store.query({ metric: 'load', resolution }).series[0]?.points ?? [];
        expect(points.reduce((sum, { count }) => sum + count, 0)).toBe(round + 1);
      }
    }
    expect(store.summarise({ metric: 'requests' })).toMatchObject({ count: 599, sum: 599, ratePerSecond: 1 / 30 });
  });

  it('are kept for two hours, then as minutes for a day, then as hours for a week', () => {
    const store = new SeriesStore();
    const last = 9 * DAY;
    for (let now = 0; now <= last; now += 5 * MINUTE) {
      store.append([load(now)], now);
      store.append([load(now)], now + 30 * SECOND);
    }
    const taken = (windowMillis: number): unknown => {
      const { resolution, series } = store.query({ metric: 'load', toMillis: last, windowMillis });
      return [resolution, series[0]?.points.length];
    };
    expect(taken(2 * HOUR)).toEqual(['raw', 48]);
    expect(taken(2 * HOUR + 2 * MINUTE)).toEqual(['minute', 25]);
    expect(taken(DAY)).toEqual(['minute', 289]);
    expect(taken(DAY + HOUR)).toEqual(['hour', 26]);
    expect(taken(7 * DAY)).toEqual(['hour', 169]);
    expect(taken(9 * DAY)).toEqual(['hour', 169]);
    expect(store.counts()).toMatchObject({
      points: 24 * 2 + 1 + 1 + 22 * 12 + 6 * 24,
      early: { raw: 0, minutes: 0, hours: 0 },
    });
  });

  it('are given no finer than is asked for, and as coarse as is needed', () => {
    const store = new SeriesStore(SHORT);
    for (let round = 0; round <= 20; round += 1) store.append([load(round)], round * 30 * SECOND);
    const taken = (resolution?: 'raw' | 'minute' | 'hour', windowMillis = MINUTE): unknown =>
      store.query({ metric: 'load', windowMillis, resolution }).resolution;
    expect([taken(), taken('raw'), taken('minute'), taken('hour')]).toEqual(['raw', 'raw', 'minute', 'hour']);
    expect(taken('raw', 9 * MINUTE)).toBe('minute');
  });

  it('survive a clock that stands still, goes back, leaps or is none', () => {
    const store = new SeriesStore(SHORT);
    for (const [index, now] of [1000.7, 1000.2, 500, Number.NaN, 40_000, 39_000, 3 * HOUR, 0].entries())
      store.append([load(index)], now);
    expect(store.summarise({ metric: 'load' })).toMatchObject({ count: 8, sum: 28, min: 0, max: 7 });
    expect(plain(store.query({ metric: 'load', windowMillis: SECOND }).series[0]?.points)).toEqual([
      [3 * HOUR, 1, 6, 6, 6],
      [3 * HOUR, 1, 7, 7, 7],
    ]);
    const { points } = store.query({ metric: 'load', resolution: 'hour' }).series[0] ?? { points: [] };
    expect(plain(points)).toEqual([
      [0, 6, 15, 0, 5],
      [3 * HOUR, 2, 13, 6, 7],
    ]);
  });

  it('are no points where nothing came, and go when a machine sleeps for longer than they are kept', () => {
    const store = new SeriesStore(SHORT);
    store.append([load(1), requests(5)], 0);
    store.append([load(2), requests(8)], 7 * HOUR);
    expect(plain(store.query({ metric: 'load' }).series[0]?.points)).toEqual([[7 * HOUR, 1, 2, 2, 2]]);
    expect(store.summarise({ metric: 'requests' })).toMatchObject({ count: 1, sum: 3, ratePerSecond: 3 / (7 * 3600) });
  });

  it('keep extremes of every size, their sums and how many they are', () => {
    const store = new SeriesStore(SHORT);
    const values = [Number.MAX_VALUE, Number.MAX_VALUE, -Number.MAX_VALUE, Number.MIN_VALUE, 0, -1e-300, 2 ** 53, 0.1];
    for (const [index, value] of values.entries()) store.append([load(value)], index);
    store.append([load(1)], HOUR);
    const [point] = store.query({ metric: 'load', resolution: 'minute' }).series[0]?.points ?? [];
    expect(point).toMatchObject({ count: 8, min: -Number.MAX_VALUE, max: Number.MAX_VALUE });
    expect(Number.isFinite(point?.sum) && Number.isFinite(point?.mean)).toBe(true);
    expect(point?.quantile(0.5)).toBeCloseTo(0, 9);
  });
});
