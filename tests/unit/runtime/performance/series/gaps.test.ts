import { describe, expect, it } from 'vitest';
import type { SeriesGap } from '../../../../../runtime/src/performance/series/gapBook.ts';
import { SeriesStore } from '../../../../../runtime/src/performance/series/seriesStore.ts';
import { HOUR, load, MINUTE, plain, requests } from './seriesFixture.ts';

const DISK = { source: 'disk space', metrics: ['disk', 'inodes'], reason: 'took longer than 10 s' } as const;

describe('a gap', () => {
  it('is told with its reason by a query over it, and there is no point and no zero', () => {
    const store = new SeriesStore();
    store.append([load(5)], 0);
    store.append([], MINUTE);
    store.addGap({ ...DISK, metrics: ['load'] }, MINUTE);
    store.append([load(7)], 2 * MINUTE);
    const { series, gaps } = store.query({ metric: 'load' });
    expect(plain(series[0]?.points)).toEqual([
      [0, 1, 5, 5, 5],
      [2 * MINUTE, 1, 7, 7, 7],
    ]);
    expect(gaps).toEqual([{ ...DISK, metrics: ['load'], fromMillis: MINUTE, toMillis: MINUTE, rounds: 1 }]);
    expect(store.summarise({ metric: 'load' })).toMatchObject({ count: 2, min: 5, mean: 6, gaps });
  });

  it('is why there is not enough data', () => {
    const store = new SeriesStore();
    store.addGap(DISK, 0);
    expect(store.summarise({ metric: 'disk' })).toEqual({
      verdict: 'not enough data',
      needed: 1,
      given: 0,
      gaps: [{ ...DISK, fromMillis: 0, toMillis: 0, rounds: 1 }],
    });
  });

  it('is one with those that follow it for the same reason, until a value comes', () => {
    const store = new SeriesStore();
    for (let minute = 0; minute < 3; minute += 1) {
      store.addGap(DISK, minute * MINUTE);
      store.append([load(1)], minute * MINUTE);
    }
    store.addGap({ ...DISK, reason: 'permission denied' }, 3 * MINUTE);
    store.append([{ ...load(1), name: 'disk' }], 4 * MINUTE);
    store.addGap(DISK, 5 * MINUTE);
    store.addGap(DISK, 6 * MINUTE);
    const told = store
      .query({ metric: 'inodes' })
      .gaps.map(({ reason, fromMillis, toMillis, rounds }) => [reason, fromMillis / MINUTE, toMillis / MINUTE, rounds]);
    expect(told).toEqual([
      [DISK.reason, 0, 2, 3],
      ['permission denied', 3, 3, 1],
      [DISK.reason, 5, 6, 2],
    ]);
    expect(store.counts().gaps).toBe(3);
  });

  it.each(['before', 'after'])(
    'goes on where some values of its metric come in the same round, %s it is told',
    (when) => {
      const store = new SeriesStore();
      for (let minute = 0; minute < 3; minute += 1) {
        if (when === 'before') store.append([load(minute)], minute * MINUTE);
        store.addGap({ ...DISK, metrics: ['load'] }, minute * MINUTE);
        if (when === 'after') store.append([load(minute)], minute * MINUTE);
      }
      expect(store.query({ metric: 'load' }).gaps).toMatchObject([{ fromMillis: 0, toMillis: 2 * MINUTE, rounds: 3 }]);
    },
  );

  it('is told of its own metrics, and of a window that it reaches into', () => {
    const store = new SeriesStore();
    store.addGap(DISK, 5 * MINUTE);
    store.addGap(DISK, 7 * MINUTE);
    const count = (metric: string, fromMillis: number, toMillis: number): number =>
      store.query({ metric, fromMillis: fromMillis * MINUTE, toMillis: toMillis * MINUTE }).gaps.length;
    expect([count('disk', 6, 6), count('disk', 0, 5), count('disk', 7, 9), count('load', 0, 9)]).toEqual([1, 1, 1, 0]);
    expect([count('disk', 0, 4.9), count('disk', 7.1, 9)]).toEqual([0, 0]);
  });

  it('is let go of when it is older than hours are kept, and when there are too many', () => {
    const store = new SeriesStore({ maxGaps: 20, keepMinutesMillis: 2 * HOUR, keepHoursMillis: 2 * HOUR });
    for (let index = 0; index < 50; index += 1) store.addGap({ ...DISK, reason: `reason ${index}` }, index);
    const { gaps, droppedGaps } = store.counts();
    expect(gaps).toBeLessThanOrEqual(20);
    expect(gaps + droppedGaps).toBe(50);
    expect(store.query({ metric: 'disk' }).gaps.at(-1)).toMatchObject({ reason: 'reason 49' });
    store.append([requests(1)], 2 * HOUR + 50);
    expect(store.counts().gaps).toBe(0);
    store.addGap({ ...DISK, reason: 'reason 49' }, 2 * HOUR + 50);
    expect(store.query({ metric: 'disk' }).gaps).toMatchObject([{ reason: 'reason 49', rounds: 1 }]);
  });

  it('is of those series alone that have the attributes that it has', () => {
    const store = new SeriesStore();
    store.append([load(1, { device: 'a', state: 'used' }), load(1, { device: 'b' })], 0);
    for (const device of ['a', 'c'])
      store.addGap({ ...DISK, metrics: ['load'], attributes: { device, token: 'secret' } }, MINUTE);
    store.addGap({ ...DISK, metrics: ['load'], attributes: { device: 'a' } }, MINUTE);
    store.addGap({ ...DISK, metrics: ['load'], reason: 'no answer' }, MINUTE);
    const told = (gaps: readonly SeriesGap[]) => gaps.map(({ attributes = {} }) => attributes);
    const [c, a] = [{ device: 'c', token: '[redacted]' }, { device: 'a' }];
    expect(told(store.query({ metric: 'load' }).gaps)).toEqual([{ ...a, token: '[redacted]' }, c, a, {}]);
    expect(told(store.query({ metric: 'load', attributes: { state: 'used', ...a } }).gaps)).toEqual([
      { ...a, token: '[redacted]' },
      a,
      {},
    ]);
    expect(told(store.summarise({ metric: 'load', attributes: { device: 'b' } }).gaps)).toEqual([{}]);
    expect(store.summariseEach({ metric: 'load' }).map(({ summary }) => told(summary.gaps))).toEqual([[a, {}], [{}]]);
  });

  it('may be of any text, and takes little memory all the same', () => {
    const store = new SeriesStore();
    const long = 'x'.repeat(1_000_000);
    store.addGap({ source: long, reason: `\ud800${long}`, metrics: Array.from({ length: 1000 }, () => long) }, 0);
    store.addGap({ source: '__proto__', reason: 'a\nb', metrics: ['__proto__'] }, 0);
    store.append([], 1);
    expect(store.bytes).toBeLessThan(200_000);
    expect(store.query({ metric: '__proto__' }).gaps).toHaveLength(1);
    expect(store.query({ metric: `${'x'.repeat(199)}…` }).gaps[0]?.reason.slice(0, 3)).toBe('\ufffdxx');
  });
});
