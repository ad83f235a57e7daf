import { type MetricOptions, ValueType } from '@opentelemetry/api';
import { describe, expect, it } from 'vitest';
import { INSTRUMENTATION_SCOPE } from '../../../../../runtime/src/core/instrumentationScope.ts';
import { metricsFixture, START } from './metricsFixture.ts';

describe('MetricsProvider', () => {
  it('shows nothing where nothing was measured', async () => {
    const { provider, meter } = metricsFixture();
    meter.createCounter('orders');
    expect(await provider.collect()).toEqual([]);
  });

  it('shows what a metric is, and since when its series are counted', async () => {
    const { host, meter, only } = metricsFixture();
    const orders = meter.createCounter('orders', { description: 'Orders that were taken.', unit: '{order}' });
    host.advance(5);
    orders.add(2, { region: 'eu' });
    host.advance(5);
    orders.add(3, { region: 'eu' });
    expect(await only()).toEqual({
      scope: { name: 'shop', version: '1.2.3' },
      name: 'orders',
      description: 'Orders that were taken.',
      unit: '{order}',
      kind: 'counter',
      points: [{ attributes: { region: 'eu' }, startWallMillis: START + 5, value: 5, exemplar: undefined }],
    });
  });

  it('adds what up-down counters are given, and keeps what gauges are given last', async () => {
    const { provider, meter } = metricsFixture();
    const queued = meter.createUpDownCounter('queued');
    for (const value of [5, -7, 0.5]) queued.add(value);
    const level = meter.createGauge('level');
    for (const value of [5, -7]) level.record(value);
    const metrics = await provider.collect();
    expect(metrics.map(({ name, kind, points }) => [name, kind, points])).toEqual([
      ['queued', 'upDownCounter', [{ attributes: {}, startWallMillis: START, value: -1.5 }]],
      ['level', 'gauge', [{ attributes: {}, startWallMillis: START, value: -7 }]],
    ]);
  });

  it('cuts off fractions of integers, as the SDK does', async () => {
    const { meter, values } = metricsFixture();
    const queued = meter.createUpDownCounter('queued', { valueType: ValueType.INT });
    const bound = queued.bind({});
    for (const value of [2.9, -1.2]) queued.add(value);
    bound.add(0.9);
    expect(await values()).toEqual([[{}, 1]]);
  });

  it('gives the same meter for the same scope, and the same metric for the same instrument', async () => {
    const { provider, meter, values, errors } = metricsFixture();
    expect(provider.getMeter('shop', '1.2.3')).toBe(meter);
    meter.createCounter('orders', { description: 'Orders.' }).add(1);
    meter.createCounter('orders', { description: 'Orders.' }).add(2);
    meter.createCounter('Orders').add(4);
    expect([await values(), errors]).toEqual([[[{}, 7]], []]);
  });

  it('tells scopes apart by name and version', async () => {
    const { provider } = metricsFixture();
    for (const [name, version] of [['shop'], ['shop', '2'], ['shop2']] satisfies [string, string?][])
      provider.getMeter(name, version).createCounter('orders').add(1);
    const metrics = await provider.collect();
    expect(metrics.map(({ scope }) => scope)).toEqual([
      { name: 'shop' },
      { name: 'shop', version: '2' },
      { name: 'shop2' },
    ]);
  });

  it.each<[string, (meter: ReturnType<typeof metricsFixture>['meter']) => unknown, string]>([
    ['kind', (meter) => meter.createUpDownCounter('orders', { unit: '1' }), 'measured upDownCounter of numbers in "1"'],
    ['unit', (meter) => meter.createCounter('orders', { unit: 's' }), 'measured counter of numbers in "s"'],
    [
      'type of value',
      (meter) => meter.createCounter('orders', { unit: '1', valueType: ValueType.INT }),
      'measured counter of integers in "1"',
    ],
    ['origin', (meter) => meter.createObservableCounter('orders', { unit: '1' }), 'observed counter of numbers in "1"'],
  ])('refuses an instrument of another %s under the same name, and tells once', (_, create, described) => {
    const { provider, meter, errors } = metricsFixture();
    meter.createCounter('orders', { unit: '1' });
    create(meter);
    create(meter);
    expect(errors).toEqual([
      `"orders" counts nothing: it is measured counter of numbers in "1", and cannot be ${described}`,
    ]);
    expect(provider.counts()).toMatchObject({ metrics: 1, refused: 2 });
  });

  it('gives an instrument that counts nothing in the place of one that is refused', async () => {
    const { meter, values } = metricsFixture();
    meter.createCounter('orders').add(1);
    const refused = [
      meter.createUpDownCounter('orders'),
      meter.createUpDownCounter('orders').bind({ region: 'eu' }),
      meter.createCounter('no name'),
    ];
    for (const counter of refused) counter.add(1);
    meter.createGauge('orders').record(1);
    meter.createHistogram('orders').record(1);
    meter.createObservableGauge('orders').addCallback((result) => result.observe(1));
    expect(await values()).toEqual([[{}, 1]]);
  });

  it.each([
    ['', 'is empty'],
    ['1st', 'begins with a digit'],
    ['a\nb', 'has a line break'],
    ['a b', 'has a space'],
    ['ä', 'is not of ASCII'],
    [`a${'b'.repeat(255)}`, 'has 256 characters'],
    ['__proto__', 'begins with an underscore'],
  ])('refuses the name %j, which %s', async (name) => {
    const { provider, meter, errors } = metricsFixture();
    meter.createCounter(name).add(1);
    expect(await provider.collect()).toEqual([]);
    const [error = '', ...others] = errors;
    expect(error).toContain('OpenTelemetry allows no such name');
    expect(error).not.toContain('\n');
    expect([error.length < 200, others]).toEqual([true, []]);
  });

  it('takes names that are names of properties elsewhere', async () => {
    const { meter, only } = metricsFixture();
    meter.createCounter('constructor').add(1);
    expect((await only()).name).toBe('constructor');
  });

  it('takes options that are none of theirs for none', async () => {
    const { meter, only } = metricsFixture();
    const options: unknown = { unit: 7, description: { toString: null }, valueType: 'x', advice: null };
    meter.createHistogram('wait', options as MetricOptions).record(1);
    expect(await only()).toMatchObject({ unit: '', description: '' });
  });

  it('bounds units, descriptions and scopes', async () => {
    const { provider, only } = metricsFixture();
    const long = 'x'.repeat(1_000_000);
    provider.getMeter(long, long).createCounter('orders', { unit: long, description: long }).add(1);
    const { scope, unit, description } = await only();
    const lengths = [scope.name, scope.version, unit, description].map((text) => text?.length);
    expect(lengths).toEqual([255, 255, 63, 1024]);
  });

  it('has no more metrics than it may, and tells of each that it refuses', async () => {
    const { provider, meter, errors } = metricsFixture({ maxMetrics: 2 });
    for (const name of ['a', 'b', 'c', 'c', 'a']) meter.createCounter(name).add(1);
    expect((await provider.collect()).map(({ name }) => name)).toEqual(['a', 'b']);
    expect(errors).toEqual(['"c" counts nothing: there are 2 metrics already']);
  });

  it('has no more meters than it may', async () => {
    const { provider, errors } = metricsFixture({ maxMetrics: 2 });
    for (const name of ['shop', 'other', 'third', 'third']) provider.getMeter(name, '1.2.3').createCounter('a').add(1);
    expect((await provider.collect()).map(({ scope }) => scope.name)).toEqual(['shop', 'other']);
    expect(errors).toEqual(['"meters" counts nothing: there are 2 already']);
  });

  it('leaves the room for metrics, meters and callbacks to the application, whatever it measures of itself', async () => {
    const { provider, meter, errors } = metricsFixture({ maxMetrics: 1 });
    const own = provider.getMeter(INSTRUMENTATION_SCOPE);
    for (let index = 0; index < 20; index += 1)
      own.createObservableGauge(`own${index}`).addCallback((result) => result.observe(index));
    provider.readingsOf({ name: INSTRUMENTATION_SCOPE }, [
      { name: 'heap', kind: 'gauge', unit: 'By', description: 'Heap.' },
    ])({ readings: [{ metric: 'heap', value: 1 }], gaps: [] });
    meter.createObservableGauge('level').addCallback((result) => result.observe(1));
    meter.createCounter('orders').add(1);
    const names = (await provider.collect()).map(({ name }) => name);
    expect([names.length, names.at(20), names.at(-1)]).toEqual([22, 'heap', 'level']);
    expect(errors).toEqual(['"orders" counts nothing: there are 1 metrics already']);
  });

  it('bounds what is measured in its own name, too', () => {
    const { provider, errors } = metricsFixture({ maxMetrics: 1 });
    const own = provider.getMeter(INSTRUMENTATION_SCOPE);
    for (let index = 0; index <= 500; index += 1) own.createCounter(`own${index}`);
    expect(errors).toEqual(['"own500" counts nothing: there are 500 metrics already']);
  });

  it('bounds how many refusals it tells of', () => {
    const { meter, errors } = metricsFixture();
    for (let index = 0; index < 1500; index += 1) meter.createCounter(`${index}`);
    expect(errors).toHaveLength(1000);
  });

  it('refuses limits that are out of their ranges', () => {
    expect(() => metricsFixture({ maxSeriesPerMetric: 0, maxMetrics: 0.5 })).toThrow(
      'The metrics configuration has 2 problems:\n' +
        '  maxSeriesPerMetric: 0 (options); allowed: a whole number from 1 to 100000\n' +
        '  maxMetrics: 0.5 (options); allowed: a whole number from 1 to 10000',
    );
  });

  it('measures nothing after its shutdown, which may come twice', async () => {
    const { provider, meter, errors } = metricsFixture();
    const orders = meter.createCounter('orders');
    const bound = orders.bind({});
    orders.add(1);
    provider.shutdown();
    provider.shutdown();
    orders.add(NaN);
    bound.add(NaN);
    meter.createCounter('later').add(1);
    provider.getMeter('other').createCounter('later').add(1);
    expect(await provider.collect()).toEqual([]);
    expect(provider.counts()).toEqual({
      metrics: 0,
      series: 0,
      dropped: { notANumber: 0, notFinite: 0, negative: 0, unreadable: 0, tooManySeries: 0 },
      overflowed: 0,
      refused: 0,
    });
    expect(errors).toEqual([]);
  });

  it('survives an onError that throws', () => {
    const { meter } = metricsFixture({
      onError: () => {
        throw new Error('nobody listens');
      },
    });
    expect(() => meter.createCounter('')).not.toThrow();
  });
});
