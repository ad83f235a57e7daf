// @spec S4.2
import type { Attributes } from '@opentelemetry/api';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TextRedactor } from '../../../../../runtime/src/core/textRedactor.ts';
import { SeriesCache } from '../../../../../runtime/src/performance/metrics/seriesCache.ts';
import { SeriesTable } from '../../../../../runtime/src/performance/metrics/seriesTable.ts';
import { SeriesOverflowError } from '../../../../../runtime/src/performance/metrics/seriesOverflowError.ts';
import { metricsFixture } from './metricsFixture.ts';

describe('series', () => {
  it('are equal whatever the order of their attributes', async () => {
    const { meter, values } = metricsFixture();
    const orders = meter.createCounter('orders');
    for (let round = 0; round < 2; round += 1) {
      orders.add(1, { region: 'eu', paid: true });
      orders.add(1, { paid: true, region: 'eu' });
    }
    expect(await values()).toEqual([[{ paid: true, region: 'eu' }, 4]]);
  });

  it('are told apart by the types of values', async () => {
    const { meter, values } = metricsFixture();
    const orders = meter.createCounter('orders');
    for (const value of [1, '1', true, 'true', [1], ['1'], [true], '']) orders.add(1, { value });
    expect((await values()).map(([{ value }]) => value)).toEqual([1, '1', true, 'true', [1], ['1'], [true], '']);
  });

  it('are told apart by the elements of lists, in their order', async () => {
    const { meter, values } = metricsFixture();
    const orders = meter.createCounter('orders');
    for (const tags of [['a', 'b'], ['b', 'a'], ['a', 'b'], ['a,b'], []]) orders.add(1, { tags });
    expect(await values()).toEqual([
      [{ tags: ['a', 'b'] }, 2],
      [{ tags: ['b', 'a'] }, 1],
      [{ tags: ['a,b'] }, 1],
      [{ tags: [] }, 1],
    ]);
  });

  it('do not change with a list that changes', async () => {
    const { meter, values } = metricsFixture();
    const tags = ['a'];
    meter.createCounter('orders').add(1, { tags });
    tags.push('b');
    meter.createCounter('orders').add(1, { tags });
    expect((await values()).map(([attributes]) => attributes)).toEqual([{ tags: ['a'] }, { tags: ['a', 'b'] }]);
  });

  it('leave out what is no attribute', async () => {
    const { meter, values } = metricsFixture();
    const none: Attributes = {
      '': 'no name',
      ['__proto__']: 'no attribute',
      a: undefined,
      b: null,
      c: {},
      d: () => 1,
      e: Symbol('e'),
      f: 1n,
      g: new Date(0),
      h: new Uint8Array(2),
    };
    meter.createCounter('orders').add(1, none);
    meter.createCounter('orders').add(1, { ...none, region: 'eu', tags: [1, null, {}, 'a'] });
    expect(await values()).toEqual([
      [{}, 1],
      [{ region: 'eu', tags: [1, 'a'] }, 1],
    ]);
  });

  it.each([undefined, null, 'text', 7])('take %s for no attributes', async (attributes) => {
    const { meter, values } = metricsFixture();
    const given: unknown = attributes;
    meter.createCounter('orders').add(1, given as Attributes);
    meter.createCounter('orders').add(1, {});
    expect(await values()).toEqual([[{}, 2]]);
  });

  it('have attributes of names that are names of properties', async () => {
    const { meter, values } = metricsFixture();
    const attributes = { constructor: 'a', prototype: 'b', toString: 'c', hasOwnProperty: 'd' };
    meter.createCounter('orders').add(1, attributes);
    meter.createCounter('orders').add(1, attributes);
    expect(await values()).toEqual([[attributes, 2]]);
  });

  it('do not have what attributes inherit', async () => {
    const { meter, values } = metricsFixture();
    const inheriting = Object.create({ inherited: 'yes' }) as Attributes;
    inheriting['own'] = 'yes';
    meter.createCounter('orders').add(1, inheriting);
    meter.createCounter('orders').add(1, inheriting);
    expect(await values()).toEqual([[{ own: 'yes' }, 2]]);
  });

  it('have texts that are cut and well-formed', async () => {
    const { meter, values } = metricsFixture();
    const long = 'x'.repeat(1_000_000);
    const orders = meter.createCounter('orders');
    for (let round = 0; round < 2; round += 1) {
      orders.add(1, { text: long, [long]: 1, list: [long] });
      orders.add(1, { text: 'a\ud800' });
      orders.add(1, { text: 'a\n"b"' });
    }
    const cut = `${'x'.repeat(255)}…`;
    expect(await values()).toEqual([
      [{ list: [cut], text: cut, [cut]: 1 }, 2],
      [{ text: 'a\ufffd' }, 2],
      [{ text: 'a\n"b"' }, 2],
    ]);
  });

  it('have numbers that are not finite as texts', async () => {
    const { meter, values } = metricsFixture();
    for (const value of [NaN, Infinity, -Infinity, -0, 0]) meter.createCounter('orders').add(1, { value });
    expect(await values()).toEqual([
      [{ value: 'NaN' }, 1],
      [{ value: 'Infinity' }, 1],
      [{ value: '-Infinity' }, 1],
      [{ value: -0 }, 2],
    ]);
  });

  it('have 64 attributes at most', async () => {
    const { meter, values } = metricsFixture();
    const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`key${index}`, index]));
    meter.createCounter('orders').add(1, { ...many, list: [] });
    meter.createCounter('orders').add(1, { list: Array.from({ length: 1000 }, () => 1) });
    const [many64, long] = (await values()).map(([attributes]) => attributes);
    expect([Object.keys(many64 ?? {}).length, long?.['list']]).toEqual([64, Array.from({ length: 64 }, () => 1)]);
  });

  it('cannot be changed by who reads them, and have the same attributes each time', async () => {
    const { meter, values } = metricsFixture();
    meter.createCounter('orders').add(1, { tags: ['a'] });
    const attributesOf = async (): Promise<Attributes | undefined> => (await values())[0]?.[0];
    const attributes = await attributesOf();
    expect([Object.isFrozen(attributes), Object.isFrozen(attributes?.['tags'])]).toEqual([true, true]);
    expect(await attributesOf()).toBe(attributes);
  });

  it('are no more than they may be: all others are one', async () => {
    const { provider, meter, values, errors } = metricsFixture({ maxSeriesPerMetric: 3 });
    const orders = meter.createCounter('orders');
    for (let round = 0; round < 2; round += 1) for (const id of [1, 2, 3, 4]) orders.add(id, { id });
    expect(await values()).toEqual([
      [{ id: 1 }, 2],
      [{ id: 2 }, 4],
      [{ 'otel.metric.overflow': true }, 14],
    ]);
    expect(provider.counts()).toMatchObject({ series: 3, overflowed: 4 });
    expect(errors).toEqual([
      'no further series of orders: orders may have 3 (maxSeriesPerMetric). ' +
        'Measurements with other attributes are counted together, as otel.metric.overflow',
    ]);
  });

  it('are no more of all metrics together than they may be, and each metric that has too many says of which limit', async () => {
    const told: unknown[] = [];
    const onError = (error: Error): unknown =>
      error instanceof SeriesOverflowError &&
      told.push([error.metric, error.limit, error.value, error.message.split('.')[0]]);
    const { provider, meter } = metricsFixture({ maxSeriesPerMetric: 3, maxMeasuredSeries: 3, onError });
    const counters = ['a', 'b'].map((name) => meter.createCounter(name));
    for (const counter of counters) for (const id of [1, 2, 3]) counter.add(1, { id });
    meter.createObservableGauge('c').addCallback((result) => {
      for (const id of [1, 2, 3]) result.observe(1, { id });
    });
    await provider.collect();
    expect(told).toEqual([
      ['a', 'maxSeriesPerMetric', 3, 'no further series of a: a may have 3 (maxSeriesPerMetric)'],
      ['b', 'maxMeasuredSeries', 3, 'no further series of b: all metrics together may have 3 (maxMeasuredSeries)'],
      ['c', 'maxSeriesPerMetric', 3, 'no further series of c: c may have 3 (maxSeriesPerMetric)'],
    ]);
  });

  it('count each measurement that overflows, of bound instruments too, and no other', async () => {
    const { provider, meter, values, errors } = metricsFixture({ maxSeriesPerMetric: 2 });
    const orders = meter.createCounter('orders');
    const [own, other] = [orders.bind({ id: 1 }), orders.bind({ id: 2 })];
    const overflowed = [provider.counts().overflowed];
    for (const bound of [own, other, other, other]) bound.add(1);
    overflowed.push(provider.counts().overflowed);
    other.add(NaN);
    orders.add(Number.MAX_VALUE, { id: 3 });
    other.add(Number.MAX_VALUE);
    overflowed.push(provider.counts().overflowed);
    expect([overflowed, errors.length]).toEqual([[0, 3, 4], 1]);
    expect(await values()).toEqual([
      [{ id: 1 }, 1],
      [{ 'otel.metric.overflow': true }, Number.MAX_VALUE],
    ]);
  });

  it('have nothing of what a key keeps that says that it is secret', async () => {
    const { meter, values } = metricsFixture();
    const orders = meter.createCounter('orders');
    for (const secret of ['s3cret', 's3cret', 'other', 7, true, ['s3cret']])
      orders.add(1, { authorization: secret, password: secret, api_key: secret, region: 'eu' });
    orders.bind({ 'user.accessToken': 's3cret', password: undefined }).add(1);
    const hidden = '[redacted]';
    expect(await values()).toEqual([
      [{ api_key: hidden, authorization: hidden, password: hidden, region: 'eu' }, 6],
      [{ 'user.accessToken': hidden }, 1],
    ]);
  });

  it("have nothing of what the application's own rules find", async () => {
    const rules = [{ name: 'customer', pattern: /C-\d+/g }];
    const { meter, values } = metricsFixture({ textRedactor: new TextRedactor({ rules }) });
    const orders = meter.createCounter('orders');
    for (const of of ['C-1', 'C-2', 'C-2', 'none']) orders.add(1, { of, all: [of, 'x'] });
    expect(await values()).toEqual([
      [{ all: ['[redacted]', 'x'], of: '[redacted]' }, 3],
      [{ all: ['none', 'x'], of: 'none' }, 1],
    ]);
    const { meter: other, values: observed } = metricsFixture({ textRedactor: new TextRedactor({ rules }) });
    other.createObservableGauge('stock').addCallback((result) => result.observe(5, { of: 'C-17' }));
    expect(await observed()).toEqual([[{ of: '[redacted]' }, 5]]);
  });

  it('are one where there may be one', async () => {
    const { meter, values } = metricsFixture({ maxSeriesPerMetric: 1 });
    meter.createCounter('orders').add(1);
    meter.createCounter('orders').add(1, { id: 1 });
    expect(await values()).toEqual([[{ 'otel.metric.overflow': true }, 2]]);
  });

  it('share the one of all others with who asks for it', async () => {
    const { meter, values } = metricsFixture({ maxSeriesPerMetric: 2 });
    const orders = meter.createCounter('orders');
    orders.add(1, { 'otel.metric.overflow': true });
    for (const id of [1, 2]) orders.add(1, { id });
    expect(await values()).toEqual([
      [{ 'otel.metric.overflow': true }, 2],
      [{ id: 1 }, 1],
    ]);
  });
});

describe('SeriesTable', () => {
  it('finds the series of a text of its sorted attributes, whatever came before', () => {
    const scalar = fc.oneof(fc.constantFrom('a', 'b', '1', 'true'), fc.integer({ min: 0, max: 2 }), fc.boolean());
    const value = fc.oneof(
      { weight: 5, arbitrary: scalar },
      fc.array(scalar, { maxLength: 2 }),
      fc.constant(undefined),
    );
    const attributes = fc.dictionary(fc.constantFrom('k', 'l', 'm', 'constructor'), value);
    fc.assert(
      fc.property(fc.array(attributes, { maxLength: 60 }), fc.integer({ min: 1, max: 20 }), (all, limit) => {
        const table = new SeriesTable<{ readonly attributes: Attributes }>({
          limit,
          takePlace: () => true,
          redactText: (text) => text,
          create: (kept) => ({ attributes: kept }),
        });
        const known = new Map<string, unknown>();
        for (const each of all) {
          const entries = Object.entries(each).filter(([, given]) => given !== undefined);
          const key = JSON.stringify(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
          const isNew = !known.has(key);
          const expected =
            isNew && known.size >= limit - 1 ? { 'otel.metric.overflow': true } : Object.fromEntries(entries);
          const series = table.own(each) ?? table.overflow();
          expect(series.attributes).toEqual(expected);
          if (known.has(key)) expect(series).toBe(known.get(key));
          else if (known.size < limit - 1) known.set(key, series);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('SeriesCache', () => {
  it('begins anew when it is full', () => {
    const cache = new SeriesCache<string>(3);
    cache.remember([['a', 1]], 'a1');
    cache.remember([['a', 2]], 'a2');
    cache.remember([['b', 1]], 'b1');
    expect([cache.find({ a: 1 }), cache.find({ a: 2 }), cache.find({ b: 1 })]).toEqual(['a1', 'a2', 'b1']);
    cache.remember([['b', 2]], 'b2');
    expect([cache.find({ a: 1 }), cache.find({ b: 1 }), cache.find({ b: 2 })]).toEqual([undefined, undefined, 'b2']);
  });

  it('looks past attributes without a value', () => {
    const cache = new SeriesCache<string>(10);
    cache.remember([['a', 1]], 'a1');
    expect([cache.find({ b: undefined, a: 1, c: null }), cache.find({ a: 1, d: {} })]).toEqual(['a1', undefined]);
  });

  it('keeps no long texts', () => {
    const cache = new SeriesCache<string>(10);
    const long = 'x'.repeat(257);
    cache.remember([['a', long]], 'long value');
    cache.remember([[long, 1]], 'long key');
    expect([cache.find({ a: long }), cache.find({ [long]: 1 })]).toEqual([undefined, undefined]);
  });
});
