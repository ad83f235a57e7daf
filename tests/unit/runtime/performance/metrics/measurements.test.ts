// @spec S4.2
import { describe, expect, it } from 'vitest';
import { metricsFixture } from './metricsFixture.ts';

const NONE = { notANumber: 0, notFinite: 0, negative: 0, unreadable: 0, tooManySeries: 0 };

/** What is no number, whatever the types say. */
function forced(value: unknown): number {
  return value as number;
}

describe('a measurement', () => {
  it.each([
    [NaN, 'notANumber'],
    [forced('5'), 'notANumber'],
    [forced(5n), 'notANumber'],
    [forced(undefined), 'notANumber'],
    [Infinity, 'notFinite'],
    [-Infinity, 'notFinite'],
    [-1, 'negative'],
  ])('of %s is dropped and counted as %s by counters and histograms', async (value, reason) => {
    const { provider, meter } = metricsFixture();
    const orders = meter.createCounter('orders');
    orders.add(value);
    orders.bind({}).add(value);
    meter.createHistogram('wait').record(value);
    meter.createHistogram('wait').bind({}).record(value);
    expect(provider.counts().dropped).toEqual({ ...NONE, [reason]: 4 });
    const points = (await provider.collect()).map((metric) => metric.points.map((point) => ({ ...point })));
    expect(points).toMatchObject([[{ value: 0 }], [{ count: 0, sum: 0, min: undefined, max: undefined }]]);
  });

  it.each([NaN, Infinity, forced('5')])('of %s makes no series', async (value) => {
    const { provider, meter } = metricsFixture();
    meter.createCounter('orders').add(value);
    meter.createUpDownCounter('queued').add(value);
    meter.createGauge('level').record(value);
    meter.createHistogram('wait').record(value);
    expect(await provider.collect()).toEqual([]);
  });

  it('that would make a sum infinite is dropped', async () => {
    const { provider, meter } = metricsFixture();
    const largest = Number.MAX_VALUE;
    const orders = meter.createCounter('orders');
    const queued = meter.createUpDownCounter('queued');
    const wait = meter.createHistogram('wait');
    for (const value of [largest, largest, 0]) {
      orders.add(value);
      queued.add(-value);
      wait.record(value);
    }
    const metrics = await provider.collect();
    expect(metrics.map(({ points }) => points)).toMatchObject([
      [{ value: largest }],
      [{ value: -largest }],
      [{ sum: largest, count: 2 }],
    ]);
    expect(provider.counts().dropped).toEqual({ ...NONE, notFinite: 3 });
  });

  it('whose attributes cannot be read is dropped', () => {
    const { provider, meter } = metricsFixture();
    const orders = meter.createCounter('orders');
    const thrower = (): never => {
      throw new Error('boom');
    };
    orders.add(1, Object.defineProperty({}, 'region', { get: thrower, enumerable: true }));
    orders.add(1, new Proxy({}, { ownKeys: thrower }));
    orders.bind(new Proxy({}, { ownKeys: thrower })).add(1);
    expect(provider.counts().dropped).toEqual({ ...NONE, unreadable: 3, tooManySeries: 0 });
    expect(provider.counts().series).toBe(0);
  });

  it('is counted by a bound instrument in the series of its attributes', async () => {
    const { provider, meter } = metricsFixture();
    const attributes = { region: 'eu' };
    meter.createCounter('orders').bind(attributes).add(2);
    meter.createCounter('orders').add(3, attributes);
    meter.createUpDownCounter('queued').bind(attributes).add(-2);
    meter.createGauge('level').bind(attributes).record(7);
    meter.createHistogram('wait').bind(attributes).record(7);
    const metrics = await provider.collect();
    expect(metrics.map(({ points }) => points)).toMatchObject([
      [{ attributes, value: 5 }],
      [{ attributes, value: -2 }],
      [{ attributes, value: 7 }],
      [{ attributes, count: 1, sum: 7 }],
    ]);
  });
});
