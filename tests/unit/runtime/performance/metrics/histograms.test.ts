import { ROOT_CONTEXT, trace, TraceFlags } from '@opentelemetry/api';
import { describe, expect, it } from 'vitest';
import type { TraceContext } from '../../../../../runtime/src/core/currentTraceContext.ts';
import { SeriesStore } from '../../../../../runtime/src/performance/series/seriesStore.ts';
import { metricsFixture, START } from './metricsFixture.ts';

const SAMPLED: TraceContext = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), sampled: true };

describe('a histogram', () => {
  it('counts in buckets to whose upper ends values belong', async () => {
    const { meter, distributions } = metricsFixture();
    const wait = meter.createHistogram('wait', { advice: { explicitBucketBoundaries: [1, 2] } });
    for (const value of [0, 1, 1.5, 2, 2.5, 100]) wait.record(value);
    expect(await distributions()).toMatchObject([
      { boundaries: [1, 2], bucketCounts: [2, 2, 2], count: 6, sum: 107, min: 0, max: 100, startWallMillis: START },
    ]);
  });

  it('knows every quantile, whatever its boundaries are', async () => {
    const { meter, distributions } = metricsFixture();
    const wait = meter.createHistogram('wait', { advice: { explicitBucketBoundaries: [] } });
    for (let value = 1; value <= 1000; value += 1) wait.record(value / 1000);
    const [point] = await distributions();
    expect([point?.boundaries, point?.bucketCounts]).toEqual([[], [1000]]);
    for (const quantile of [0.01, 0.5, 0.99]) {
      const error = Math.abs((point?.sketch.quantile(quantile) ?? NaN) / quantile - 1);
      expect(error).toBeLessThan(0.01);
    }
  });

  it.each([
    ['ms', undefined, [0, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10_000]],
    ['s', undefined, [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10]],
    ['s', [3, 1, 2, 1], [1, 2, 3]],
    ['s', [NaN, Infinity, 1, -Infinity, -0, 0], [0, 1]],
    ['s', [], []],
  ])('in %s for which %j is advised has the boundaries %j', async (unit, advised, boundaries) => {
    const { meter, distributions } = metricsFixture();
    const advice = advised === undefined ? {} : { explicitBucketBoundaries: advised };
    meter.createHistogram('wait', { unit, advice }).record(1);
    expect(await distributions()).toMatchObject([{ boundaries }]);
  });

  it('has 256 boundaries at most', async () => {
    const { meter, distributions } = metricsFixture();
    const explicitBucketBoundaries = Array.from({ length: 1000 }, (_, index) => index);
    meter.createHistogram('wait', { advice: { explicitBucketBoundaries } }).record(999);
    const [point] = await distributions();
    expect([point?.boundaries.length, point?.boundaries.at(-1), point?.bucketCounts.at(-1)]).toEqual([256, 255, 1]);
  });

  it('shows what it was at one moment, whatever is measured later', async () => {
    const { meter, distributions } = metricsFixture({ currentTrace: () => SAMPLED });
    const wait = meter.createHistogram('wait', { advice: { explicitBucketBoundaries: [1] } });
    wait.record(1);
    const [before] = await distributions();
    wait.record(2);
    const [after] = await distributions();
    wait.record(0.5);
    const shown = [before, after, (await distributions())[0]].map((point) => ({
      count: point?.count,
      inBuckets: point?.bucketCounts,
      inSketch: point?.sketch.count,
      exemplars: point?.exemplars.map((exemplar) => exemplar?.value),
    }));
    expect(shown).toEqual([
      { count: 1, inBuckets: [1, 0], inSketch: 1, exemplars: [1, undefined] },
      { count: 2, inBuckets: [1, 1], inSketch: 2, exemplars: [1, 2] },
      { count: 3, inBuckets: [2, 1], inSketch: 3, exemplars: [0.5, 2] },
    ]);
  });

  it('loses nothing of what is measured between a collection and its being kept', async () => {
    const { meter, provider } = metricsFixture();
    const store = new SeriesStore();
    const wait = meter.createHistogram('wait');
    const values = [1, 2, 4, 8, 16];
    wait.record(0);
    for (const [nowMillis, value] of values.entries()) {
      const metrics = await provider.collect();
      wait.record(value);
      store.append(metrics, nowMillis);
    }
    store.append(await provider.collect(), values.length);
    const { series } = store.query({ metric: 'wait' });
    expect(series[0]?.points.map(({ count, sum, min, max }) => [count, sum, min, max])).toEqual(
      values.map((value) => [1, value, value, value]),
    );
  });
});

describe('an exemplar', () => {
  it('is the last measurement of each bucket that was made in a sampled trace', async () => {
    let current: TraceContext | undefined = SAMPLED;
    const { host, meter, distributions } = metricsFixture({ currentTrace: () => current });
    const wait = meter.createHistogram('wait', { advice: { explicitBucketBoundaries: [1, 2] } });
    wait.record(0.5);
    host.advance(7);
    wait.record(0.6);
    current = { ...SAMPLED, sampled: false };
    wait.record(0.7);
    current = undefined;
    wait.record(5);
    const { traceId, spanId } = SAMPLED;
    expect(await distributions()).toMatchObject([
      { exemplars: [{ value: 0.6, wallMillis: START + 7, traceId, spanId }, undefined, undefined] },
    ]);
  });

  it('of a counter is the last one of its series', async () => {
    const { meter, only } = metricsFixture({ currentTrace: () => SAMPLED });
    meter.createCounter('orders').add(2);
    meter.createCounter('orders').add(3);
    const { traceId, spanId } = SAMPLED;
    const exemplar = { value: 3, wallMillis: START, traceId, spanId };
    expect((await only()).points).toMatchObject([{ value: 5, exemplar }]);
  });

  it('is of the context that is given with the measurement', async () => {
    const { meter, distributions } = metricsFixture({ currentTrace: () => undefined });
    const spanContext = { traceId: 'c'.repeat(32), spanId: 'd'.repeat(16), traceFlags: TraceFlags.SAMPLED };
    const context = trace.setSpanContext(ROOT_CONTEXT, spanContext);
    const wait = meter.createHistogram('wait', { advice: { explicitBucketBoundaries: [1] } });
    wait.record(1, {}, context);
    wait.bind({}).record(2, context);
    wait.record(3, {}, ROOT_CONTEXT);
    const { traceId } = spanContext;
    expect(await distributions()).toMatchObject([
      {
        exemplars: [
          { value: 1, traceId },
          { value: 2, traceId },
        ],
      },
    ]);
  });

  it('is none where nobody knows of traces, and where asking for one fails', async () => {
    const throwing = metricsFixture({
      currentTrace: () => {
        throw new Error('boom');
      },
    });
    for (const { meter, distributions, provider } of [metricsFixture(), throwing]) {
      meter.createHistogram('wait').record(1);
      expect(await distributions()).toMatchObject([{ count: 1, exemplars: [] }]);
      expect(provider.counts().dropped.unreadable).toBe(0);
    }
  });
});
