import { describe, expect, it } from 'vitest';
import { SeriesStore } from '../../../../../runtime/src/performance/series/seriesStore.ts';
import { FakeHost } from '../../../../support/fakeHost.ts';
import { Durations, HOUR, load, MINUTE, numberMetric, plain, requests, SECOND } from './seriesFixture.ts';

const INTERVAL = 30 * SECOND;

function appendEach(store: SeriesStore, rounds: readonly Parameters<SeriesStore['append']>[0][]): void {
  for (const [index, metrics] of rounds.entries()) store.append(metrics, index * INTERVAL);
}

function pointsOf(store: SeriesStore, metric: string): unknown {
  return plain(store.query({ metric }).series[0]?.points);
}

describe('a store of series', () => {
  it.each(['gauge', 'upDownCounter'] as const)('keeps the values of a series of kind %s', (kind) => {
    const store = new SeriesStore();
    appendEach(store, [[numberMetric('size', kind, 5)], [numberMetric('size', kind, -2.5)]]);
    expect(pointsOf(store, 'size')).toEqual([
      [0, 1, 5, 5, 5],
      [30_000, 1, -2.5, -2.5, -2.5],
    ]);
    expect(store.summarise({ metric: 'size' })).toMatchObject({ count: 2, mean: 1.25, ratePerSecond: undefined });
  });

  it('keeps how much a counter has grown, for each second too', () => {
    const store = new SeriesStore();
    appendEach(store, [[requests(1000)], [requests(1060)], [requests(1060)], [requests(1090)]]);
    expect(pointsOf(store, 'requests')).toEqual([
      [30_000, 1, 60, 60, 60],
      [60_000, 1, 0, 0, 0],
      [90_000, 1, 30, 30, 30],
    ]);
    expect(store.query({ metric: 'requests' }).series[0]?.points.map(({ ratePerSecond }) => ratePerSecond)).toEqual([
      2, 0, 1,
    ]);
    expect(store.summarise({ metric: 'requests' })).toMatchObject({ sum: 90, ratePerSecond: 1 });
    expect(store.counts()).toMatchObject({ appended: 4, baselines: 1, points: 3 });
  });

  it('sees a counter start anew by its lower value, and by its later start', () => {
    const store = new SeriesStore();
    appendEach(store, [[requests(100)], [requests(7)], [requests(9)], [requests(50, {}, 1)]]);
    expect(store.query({ metric: 'requests' }).series[0]?.points.map(({ sum }) => sum)).toEqual([7, 2, 50]);
  });

  it('divides the increase of a counter that was not there for a while by all of that time', () => {
    const store = new SeriesStore();
    appendEach(store, [[requests(0)], [load(1)], [load(1)], [requests(90)]]);
    expect(store.summarise({ metric: 'requests' })).toMatchObject({ count: 1, sum: 90, ratePerSecond: 1 });
  });

  it('counts all of a counter that has begun since the last time, and before it began that it was zero', () => {
    const host = new FakeHost();
    const store = new SeriesStore({ host });
    for (let round = 0; round <= 120; round += 1) {
      const errors = round === 120 ? [requests(1, {}, host.wallMillis())] : [];
      store.append([load(1), ...errors], host.monotonicMillis());
      host.advance(INTERVAL);
    }
    expect(store.summarise({ metric: 'requests', windowMillis: HOUR })).toMatchObject({
      sum: 1,
      ratePerSecond: 1 / 3600,
    });
  });

  it('does not take what a counter had before the store knew it for an increase', () => {
    const host = new FakeHost();
    const store = new SeriesStore({ host });
    const before = host.wallMillis() - 1;
    store.append([load(1)], 0);
    store.append([requests(1e9, {}, before)], INTERVAL);
    expect(store.summarise({ metric: 'requests' })).toEqual({
      verdict: 'not enough data',
      needed: 1,
      given: 0,
      gaps: [],
    });
    store.append([requests(1e9 + 3, {}, before)], 2 * INTERVAL);
    expect(store.summarise({ metric: 'requests' })).toMatchObject({ sum: 3 });
  });

  it('keeps what a histogram has measured since the last time', () => {
    const store = new SeriesStore();
    const durations = new Durations().measure(1, 50);
    store.append([durations.metric()], 0);
    store.append([durations.measure(2, 3, 100).metric()], INTERVAL);
    store.append([durations.metric()], 2 * INTERVAL);
    store.append([durations.measure(10).metric()], 3 * INTERVAL);
    const points = store.query({ metric: 'duration' }).series[0]?.points ?? [];
    expect(points.map(({ count, sum, max }) => [count, sum, max])).toEqual([
      [3, 105, 100],
      [0, 0, undefined],
      [1, 10, 10],
    ]);
    expect(points.map(({ ratePerSecond }) => ratePerSecond)).toEqual([0.1, 0, 1 / 30]);
    expect(Math.abs((points[0]?.min ?? 0) / 2 - 1)).toBeLessThan(0.009);
    expect(Math.abs((points[0]?.quantile(0.5) ?? 0) / 3 - 1)).toBeLessThan(0.009);
    expect(points[1]?.quantile(0.5)).toBeUndefined();
    expect(store.summarise({ metric: 'duration' })).toMatchObject({
      count: 4,
      sum: 115,
      max: 100,
      ratePerSecond: 4 / 90,
    });
  });

  it.each([
    ['fewer measurements', new Durations().measure(4, 6), 0],
    ['as many in other buckets', new Durations().measure(4, 6, 8, 1), 0],
    ['fewer of the same', new Durations().measure(5, 6, 6, 6), 0],
    ['a later start', new Durations().measure(5, 5, 5, 9, 9), 1],
  ])('sees a histogram start anew by %s', (_, anew, startWallMillis) => {
    const store = new SeriesStore();
    store.append([new Durations().measure(5, 5, 5).metric()], 0);
    const metric = anew.metric(startWallMillis);
    store.append([metric], INTERVAL);
    expect(store.summarise({ metric: 'duration' })).toMatchObject({
      count: metric.points[0]?.count,
      sum: metric.points[0]?.sum,
      min: metric.points[0]?.min,
      max: metric.points[0]?.max,
    });
  });

  it('tells series apart by attributes in any order, by kind and by scope, and finds those that have what is sought', () => {
    const store = new SeriesStore();
    store.append([load(1, { a: 1, b: 'x' }), load(2, { a: '1', b: 'x' }), load(3, { a: [1], c: true })], 0);
    store.append([load(4, { b: 'x', a: 1 }), { ...load(5, { a: 1, b: 'x' }), scope: { name: 'other' } }], MINUTE);
    const found = (attributes?: object): unknown =>
      store
        .query({ metric: 'load', attributes: { ...attributes } })
        .series.map(({ points }) => points.map(({ sum }) => sum));
    expect(found()).toEqual([[1, 4], [2], [3], [5]]);
    expect(found({ b: 'x' })).toEqual([[1, 4], [2], [5]]);
    expect(found({ a: 1 })).toEqual([[1, 4], [5]]);
    expect(found({ a: [1], b: undefined })).toEqual([[3]]);
    expect(found({ a: undefined, b: 'x' })).toEqual([[1, 4], [2], [5]]);
    expect(found({ d: 1 })).toEqual([]);
    expect(store.summariseEach({ metric: 'load', attributes: { b: 'x' } }).map(({ summary }) => summary)).toMatchObject(
      [
        { count: 2, mean: 2.5 },
        { count: 1, mean: 2 },
        { count: 1, mean: 5 },
      ],
    );
    expect(store.metricNames()).toEqual(['load']);
  });

  it('adds the rates of several series', () => {
    const store = new SeriesStore();
    appendEach(store, [
      [requests(0, { a: 1 }), requests(0, { a: 2 })],
      [requests(30, { a: 1 }), requests(60, { a: 2 })],
    ]);
    expect(store.summarise({ metric: 'requests' })).toMatchObject({ sum: 90, ratePerSecond: 3 });
  });
});

describe('a summary', () => {
  it('has percentiles at their ranks', () => {
    const store = new SeriesStore();
    for (let value = 1; value <= 1000; value += 1) store.append([load(value)], value);
    const summary = store.summarise({ metric: 'load' });
    expect(summary).toMatchObject({ verdict: 'summarised', count: 1000, min: 1, max: 1000, mean: 500.5, sum: 500_500 });
    if (summary.verdict !== 'summarised') return;
    const { p50, p90, p95, p99, p999 } = summary;
    for (const [share, value] of Object.entries({ 500: p50, 900: p90, 950: p95, 990: p99, 999: p999 }))
      expect(Math.abs(value / Number(share) - 1)).toBeLessThanOrEqual(0.0091);
  });

  it('is of what came after the beginning of the window, up to its end', () => {
    const store = new SeriesStore();
    appendEach(store, [[load(1)], [load(2)], [load(3)], [load(4)]]);
    expect(store.summarise({ metric: 'load', windowMillis: MINUTE })).toMatchObject({ count: 2, min: 3, max: 4 });
    expect(store.summarise({ metric: 'load', fromMillis: 0, toMillis: 30_000 })).toMatchObject({ count: 1, min: 2 });
    expect(store.summarise({ metric: 'load', windowMillis: 0 })).toMatchObject({ verdict: 'not enough data' });
    expect(store.summarise({ metric: 'other' })).toMatchObject({ verdict: 'not enough data' });
  });

  it('refuses a time that is no number, and a resolution that is none', () => {
    const store = new SeriesStore();
    expect(() => store.summarise({ metric: 'load', windowMillis: Number.NaN })).toThrow(
      new RangeError('windowMillis is NaN; allowed: a number'),
    );
    expect(() => store.summarise({ metric: 'load', windowMillis: -1 })).toThrow(
      new RangeError('windowMillis is -1; allowed: 0 or more'),
    );
    expect(() => store.query({ metric: 'load', resolution: 'day' as 'hour' })).toThrow(
      new RangeError('resolution is "day"; allowed: raw, minute, hour'),
    );
  });
});
