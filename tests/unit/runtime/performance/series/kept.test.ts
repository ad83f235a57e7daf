import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SeriesStore } from '../../../../../runtime/src/performance/series/seriesStore.ts';
import { Durations, load, MINUTE, plain, requests, SECOND } from './seriesFixture.ts';

describe('the series that are kept', () => {
  it('are named with what is known last: values of gauges, rates of counters and of measurements', () => {
    const store = new SeriesStore();
    const durations = new Durations();
    store.append([load(1), requests(10), durations.metric()], 0);
    store.append([load(2), requests(40), durations.measure(1, 2).metric()], 10 * SECOND);
    expect(
      store.kept().map(({ identity, lastMillis, latest }) => [identity.metric, identity.kind, lastMillis, latest]),
    ).toEqual([
      ['load', 'gauge', 10_000, 2],
      ['requests', 'counter', 10_000, 3],
      ['duration', 'histogram', 10_000, 0.2],
    ]);
    expect(store.kept('requests').map(({ identity }) => identity.metric)).toEqual(['requests']);
    expect(store.kept('nothing')).toEqual([]);
  });

  it('have no latest value where a counter only said where it stands', () => {
    const store = new SeriesStore();
    store.append([requests(10)], 0);
    expect(store.kept('requests')[0]?.latest).toBeUndefined();
  });

  it('can be read one by one, though another has all of its attributes', () => {
    const store = new SeriesStore();
    store.append([load(1), load(2, { state: 'used' })], SECOND);
    const [first] = store.kept('load');
    if (first === undefined) throw new Error('nothing is kept');
    const { series } = store.query({ metric: 'load', only: new Set([first.identity]) });
    expect(series.map(({ points }) => plain(points))).toEqual([[[SECOND, 1, 1, 1, 1]]]);
  });
});

describe('counts up to limits', () => {
  it('count every value once, near where it belongs, whatever became of its points', () => {
    const limits = [0.001, 0.01, 0.1, 1, 10];
    fc.assert(
      fc.property(fc.array(fc.array(fc.double({ min: 1e-4, max: 100, noNaN: true }))), (rounds) => {
        const store = new SeriesStore({ keepRawMillis: MINUTE });
        const durations = new Durations();
        store.append([durations.metric()], 0);
        for (const [index, values] of rounds.entries())
          store.append([durations.measure(...values).metric()], (index + 1) * 20 * SECOND);
        const points = store.query({ metric: 'duration' }).series[0]?.points ?? [];
        const sums = limits.map(() => 0).concat(0);
        for (const point of points)
          for (const [index, count] of point.countsUpTo(limits).entries()) sums[index] = (sums[index] ?? 0) + count;
        expect(sums.reduce((sum, count) => sum + count, 0)).toBe(rounds.flat().length);
        for (const [index, limit] of limits.entries()) {
          const told = sums.slice(0, index + 1).reduce((sum, count) => sum + count, 0);
          const atMost = (share: number) => rounds.flat().filter((value) => value <= limit * share).length;
          expect(told).toBeGreaterThanOrEqual(atMost(0.98));
          expect(told).toBeLessThanOrEqual(atMost(1.02));
        }
      }),
    );
  });
});
