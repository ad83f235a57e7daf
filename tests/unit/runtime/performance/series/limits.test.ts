// @spec S4.3
import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../../../../runtime/src/core/configurationError.ts';
import type { SeriesStoreOptions } from '../../../../../runtime/src/performance/series/seriesStoreOptions.ts';
import { SeriesStore } from '../../../../../runtime/src/performance/series/seriesStore.ts';
import { DAY, Durations, HOUR, load, MINUTE, numberMetric, plain, requests, SECOND } from './seriesFixture.ts';

const SHORT = { keepRawMillis: 30 * MINUTE, keepMinutesMillis: 3 * HOUR, keepHoursMillis: 6 * HOUR } as const;
const LIMITED = { maxBytes: 110_000, ...SHORT } as const;

function fill(store: SeriesStore, series: number, rounds: number, value: (round: number) => number): void {
  for (let round = 0; round < rounds; round += 1) {
    const metrics = Array.from({ length: series }, (_, index) => load(value(round), { index }));
    store.append(metrics, round * 30 * SECOND);
    expect(store.bytes).toBeLessThanOrEqual(LIMITED.maxBytes);
  }
}

describe('a store that is full', () => {
  it('refuses new series beyond maxSeries, says how often, and goes on with those that it has', () => {
    const store = new SeriesStore({ maxSeries: 2 });
    for (let round = 0; round < 3; round += 1)
      store.append([load(round), requests(round), numberMetric('depth', 'gauge', round)], round);
    expect(store.counts()).toMatchObject({ series: 2, points: 5, appended: 9, baselines: 1 });
    expect(store.counts().refused).toMatchObject({ maxSeries: 3, share: 0, maxBytes: 0 });
    expect(store.query({ metric: 'depth' }).series).toEqual([]);
  });

  it('leaves most of its room to other metrics, however many series one has', () => {
    const store = new SeriesStore({ maxSeries: 8 });
    store.append(
      Array.from({ length: 100 }, (_, index) => load(1, { index })),
      0,
    );
    store.append([load(2, { index: 0 }), load(2, { index: 2 }), requests(1)], 1);
    expect(store.counts()).toMatchObject({ series: 3, refused: { share: 99, maxSeries: 0 } });
    expect(store.query({ metric: 'requests' }).series).toHaveLength(1);
  });

  it('makes the oldest points coarser before their time to keep maxBytes, and loses no value by it', () => {
    const store = new SeriesStore(LIMITED);
    fill(store, 12, 240, (round) => round * 1.1);
    const { early, points, refused } = store.counts();
    expect(early.raw).toBeGreaterThan(0);
    expect(early).toMatchObject({ hours: 0, series: 0 });
    expect(refused.maxBytes).toBe(0);
    expect(points).toBeLessThan(12 * 120);
    expect(store.summarise({ metric: 'load', attributes: { index: 7 } })).toMatchObject({
      count: 240,
      min: 0,
      max: 239 * 1.1,
    });
  });

  it('keeps maxPoints the same way', () => {
    const store = new SeriesStore({ maxPoints: 1000 });
    for (let round = 0; round < 6000; round += 1) {
      store.append([load(round)], round * 10 * SECOND);
      expect(store.counts().points).toBeLessThanOrEqual(1000);
    }
    expect(store.counts().early.raw).toBeGreaterThan(0);
    expect(store.summarise({ metric: 'load' })).toMatchObject({ count: 6000, sum: 17_997_000 });
  });

  it('adds no series for which there is no room', () => {
    const store = new SeriesStore(LIMITED);
    store.append(
      Array.from({ length: 100 }, (_, index) => load(1, { index })),
      0,
    );
    const { series, refused } = store.counts();
    expect(series + refused.maxBytes).toBe(100);
    expect(series).toBeGreaterThan(10);
    expect(store.bytes).toBeLessThanOrEqual(LIMITED.maxBytes);
  });

  it('lets go of series where nothing else helps', () => {
    const store = new SeriesStore(LIMITED);
    const wide = Array.from({ length: 4000 }, (_, index) => 1.02 ** (index % 800));
    const durations = Array.from({ length: 12 }, () => new Durations());
    for (let round = 0; round < 3; round += 1) {
      const metrics = durations.map((each, index) => ({
        ...each.measure(...wide).metric(),
        name: `duration ${index}`,
      }));
      store.append(metrics, round * 30 * SECOND);
      expect(store.bytes).toBeLessThanOrEqual(LIMITED.maxBytes);
    }
    expect(store.counts().early.series).toBeGreaterThan(0);
    expect(store.counts().series).toBeGreaterThan(0);
  });
});

describe('a series of which nothing comes any more', () => {
  it('goes with its metric once its last point has been kept for as long as hours are', () => {
    const store = new SeriesStore(SHORT);
    store.append([numberMetric('old', 'gauge', 1), requests(1)], 0);
    store.append([load(1)], 6 * HOUR - 1);
    expect(store.metricNames()).toEqual(['old', 'requests', 'load']);
    store.append([load(1)], 6 * HOUR);
    expect(store.metricNames()).toEqual(['load']);
    expect(store.counts()).toMatchObject({ series: 1, expiredSeries: 2 });
  });

  it('leaves room for another one', () => {
    const store = new SeriesStore({ ...SHORT, maxSeries: 1 });
    store.append([load(1, { a: 1 })], 0);
    store.append([load(1, { a: 2 })], 6 * HOUR);
    store.append([load(2, { a: 2 })], 6 * HOUR + 1);
    expect(store.query({ metric: 'load' }).series.map(({ attributes }) => attributes)).toEqual([{ a: 2 }]);
  });
});

describe('hostile points', () => {
  it.each([Number.NaN, Infinity, -Infinity])('of %d are counted and not kept', (value) => {
    const store = new SeriesStore();
    store.append([load(1), requests(5)], 0);
    store.append([load(value), requests(value)], 1);
    store.append([load(2), requests(7)], 2);
    expect(plain(store.query({ metric: 'load' }).series[0]?.points)).toEqual([
      [0, 1, 1, 1, 1],
      [2, 1, 2, 2, 2],
    ]);
    expect(store.summarise({ metric: 'requests' })).toMatchObject({ sum: 2 });
    expect(store.counts().refused.notFinite).toBe(2);
  });

  it('of names that objects have themselves, of broken and of many characters are found by them', () => {
    const store = new SeriesStore();
    const names = ['__proto__', 'constructor', 'a\nb', '\ud800', '', 'x'.repeat(1000)];
    for (const name of names) store.append([numberMetric(name, 'gauge', 1, { attributes: { [name]: name } })], 0);
    for (const name of names) {
      const attributes = Object.fromEntries([[name, name]]);
      expect(store.query({ metric: name, attributes }).series).toHaveLength(1);
    }
    expect(store.query({ metric: 'toString' }).series).toEqual([]);
    expect(store.counts().series).toBe(names.length);
  });

  it('of a megabyte of labels are refused', () => {
    const store = new SeriesStore();
    store.append([load(1, { label: 'x'.repeat(1_000_000) })], 0);
    expect(store.counts()).toMatchObject({ series: 0, refused: { tooLong: 1 } });
  });
});

describe('the options of a store', () => {
  it.each<SeriesStoreOptions>([
    { maxSeries: 0 },
    { maxPoints: 1.5 },
    { maxBytes: 10 },
    { keepRawMillis: 1000 },
    { keepMinutesMillis: 32 * DAY },
    { keepHoursMillis: Number.NaN },
    { maxGaps: -1 },
    { host: {} as { wallMillis: () => number } },
    { maxserie: 3 } as SeriesStoreOptions,
  ])('are refused where they are not allowed: %j', (options) => {
    expect(() => new SeriesStore(options)).toThrow(ConfigurationError);
  });

  it('let no coarser level be shorter than a finer one', () => {
    const store = new SeriesStore({ keepRawMillis: 5 * HOUR, keepMinutesMillis: HOUR, keepHoursMillis: HOUR });
    for (let now = 0; now <= 10 * HOUR; now += MINUTE) store.append([load(now)], now);
    const found = store.query({ metric: 'load', windowMillis: 5 * HOUR });
    expect([found.resolution, found.series[0]?.points.length]).toEqual(['raw', 300]);
    expect(store.summarise({ metric: 'load' })).toMatchObject({ count: 301 });
  });
});
