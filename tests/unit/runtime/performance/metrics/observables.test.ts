import type { ObservableResult } from '@opentelemetry/api';
import { MeterProvider as SdkMeterProvider } from '@opentelemetry/sdk-metrics';
import { describe, expect, it } from 'vitest';
import { settle } from '../../../../support/fakeHost.ts';
import { metricsFixture, START } from './metricsFixture.ts';

describe('an observable instrument', () => {
  it('has the values of the last round, counted since the instrument was made', async () => {
    const { host, meter, only } = metricsFixture();
    let levels: Record<string, number> = { a: 1, b: 2 };
    meter.createObservableGauge('level', { unit: 'By', description: 'Bytes.' }).addCallback((result) => {
      for (const [tank, level] of Object.entries(levels)) result.observe(level, { tank });
    });
    host.advance(5);
    const before = await only();
    levels = { b: 3 };
    const after = await only();
    expect(before).toMatchObject({ kind: 'gauge', unit: 'By', description: 'Bytes.', scope: { name: 'shop' } });
    expect(before.points).toEqual([
      { attributes: { tank: 'a' }, startWallMillis: START, value: 1 },
      { attributes: { tank: 'b' }, startWallMillis: START, value: 2 },
    ]);
    expect(after.points).toEqual([{ attributes: { tank: 'b' }, startWallMillis: START, value: 3 }]);
    expect(after.points[0]?.attributes).toBe(before.points[1]?.attributes);
  });

  it('that counts begins anew where its value falls; others may fall', async () => {
    const { host, provider, meter } = metricsFixture();
    let value = 7;
    const observe = (result: ObservableResult): void => result.observe(value);
    meter.createObservableCounter('taken').addCallback(observe);
    meter.createObservableUpDownCounter('queued').addCallback(observe);
    const starts = async (): Promise<unknown> =>
      (await provider.collect()).map(({ points }) => points[0]?.startWallMillis);
    host.advance(5);
    const before = await starts();
    value = 3;
    expect([before, await starts()]).toEqual([
      [START, START],
      [START + 5, START],
    ]);
  });

  it('takes the later of two values of a series, also of two callbacks', async () => {
    const { meter, values } = metricsFixture();
    const level = meter.createObservableGauge('level');
    level.addCallback((result) => {
      result.observe(1);
      result.observe(2);
      result.observe(3, { tank: 'a' });
    });
    level.addCallback((result) => result.observe(4, { tank: 'a' }));
    expect(await values()).toEqual([
      [{}, 2],
      [{ tank: 'a' }, 4],
    ]);
  });

  it('drops and counts what cannot be used', async () => {
    const { provider, meter } = metricsFixture();
    const observe = (result: ObservableResult): void => {
      for (const value of [NaN, Infinity, -1]) result.observe(value, { value });
      result.observe(
        1,
        new Proxy(
          {},
          {
            ownKeys: () => {
              throw new Error('boom');
            },
          },
        ),
      );
    };
    meter.createObservableCounter('taken').addCallback(observe);
    expect(await provider.collect()).toEqual([]);
    expect(provider.counts().dropped).toEqual({
      notANumber: 1,
      notFinite: 1,
      negative: 1,
      unreadable: 1,
      tooManySeries: 0,
    });
  });

  it('has no more series than it may: of counters the others are summed, of gauges the last one counts', async () => {
    const { provider, meter } = metricsFixture({ maxSeriesPerMetric: 2 });
    const observe = (result: ObservableResult): void => {
      for (const id of [1, 2, 3]) result.observe(id, { id });
    };
    for (const observable of [meter.createObservableCounter('taken'), meter.createObservableGauge('level')]) {
      observable.addCallback(observe);
      observable.addCallback((result) => result.observe(4, { id: 4 }));
    }
    const metrics = await provider.collect();
    expect(metrics.map(({ points }) => points)).toMatchObject([
      [
        { attributes: { id: 1 }, value: 1 },
        { attributes: { 'otel.metric.overflow': true }, value: 9 },
      ],
      [
        { attributes: { id: 1 }, value: 1 },
        { attributes: { 'otel.metric.overflow': true }, value: 4 },
      ],
    ]);
    expect(provider.counts()).toMatchObject({ series: 4, overflowed: 6 });
  });

  it('loses the values of a callback that throws or rejects, in this round and in no other', async () => {
    const { meter, values, errors } = metricsFixture();
    const level = meter.createObservableGauge('level');
    level.addCallback((result) => result.observe(1, { from: 'good' }));
    let isBroken = true;
    level.addCallback((result) => {
      result.observe(2, { from: 'throwing' });
      if (isBroken) throw new Error('no tank');
    });
    level.addCallback(async (result) => {
      result.observe(3, { from: 'rejecting' });
      await Promise.resolve();
      if (isBroken) throw new Error('no pump');
    });
    const broken = await values();
    isBroken = false;
    expect([broken, await values()]).toEqual([
      [[{ from: 'good' }, 1]],
      [
        [{ from: 'good' }, 1],
        [{ from: 'throwing' }, 2],
        [{ from: 'rejecting' }, 3],
      ],
    ]);
    expect(errors).toEqual([
      'the callback that observes level failed: no tank',
      'the callback that observes level failed: no pump',
    ]);
  });

  it('loses the values of a callback that is slow, which is not called again before it ends', async () => {
    const { host, provider, meter, errors } = metricsFixture({ callbackTimeoutMillis: 500 });
    const ends: (() => void)[] = [];
    meter.createObservableGauge('level').addCallback(async (result) => {
      result.observe(1, { when: 'before' });
      await new Promise<void>((end) => ends.push(end));
      result.observe(2, { when: 'after' });
    });
    const first = provider.collect();
    host.advance(500);
    expect([await first, await provider.collect(), ends.length]).toEqual([[], [], 1]);
    for (const end of ends) end();
    await settle();
    const third = provider.collect();
    ends[1]?.();
    expect((await third).map(({ points }) => points.length)).toEqual([2]);
    expect(errors).toEqual([
      'the callback that observes level took longer than 500 ms',
      'the callback that observes level has not ended since an earlier round',
    ]);
    expect(host.timerCount).toBe(0);
  });

  it('is handed back as a gap where its callback fails: whose values are missing, and why', async () => {
    const { provider, meter } = metricsFixture();
    const [level, flow] = ['level', 'flow'].map((name) => meter.createObservableGauge(name));
    if (level === undefined || flow === undefined) throw new Error('two were made');
    meter.createObservableGauge('good').addCallback((result) => result.observe(1));
    meter.addBatchObservableCallback(() => {
      throw new Error('no tank');
    }, [level, flow]);
    const { metrics, gaps } = await provider.collectWithGaps();
    expect(metrics.map(({ name }) => name)).toEqual(['good']);
    expect(gaps).toEqual([{ source: 'callback', metrics: ['level', 'flow'], reason: 'failed: no tank' }]);
  });

  it('does not see what is observed after the callback has ended', async () => {
    const { meter, values, provider } = metricsFixture();
    const level = meter.createObservableGauge('level');
    let kept: ObservableResult | undefined;
    level.addCallback((result) => {
      kept = result;
      result.observe(1);
    });
    level.addCallback(async () => {
      await Promise.resolve();
      kept?.observe(2);
      kept?.observe(NaN);
    });
    expect([await values(), provider.counts().dropped.notANumber]).toEqual([[[{}, 1]], 0]);
  });

  it('calls a callback once, however often it was added, and no more when it is removed', async () => {
    const { provider, meter } = metricsFixture();
    let calls = 0;
    const observe = (result: ObservableResult): void => {
      calls += 1;
      result.observe(calls);
    };
    const level = meter.createObservableGauge('level');
    level.addCallback(observe);
    level.addCallback(observe);
    await provider.collect();
    level.removeCallback(observe);
    level.removeCallback(observe);
    expect([await provider.collect(), calls]).toEqual([[], 1]);
  });

  it('gives those who ask at the same time the same round', async () => {
    const { provider, meter } = metricsFixture();
    let calls = 0;
    meter.createObservableGauge('level').addCallback(() => {
      calls += 1;
    });
    await Promise.all([provider.collect(), provider.collect()]);
    await provider.collect();
    expect(calls).toBe(2);
  });

  it('is not asked after the shutdown', async () => {
    const { provider, meter } = metricsFixture();
    let calls = 0;
    const level = meter.createObservableGauge('level');
    const observe = (): void => {
      calls += 1;
    };
    level.addCallback(observe);
    provider.shutdown();
    level.addCallback(observe);
    expect([await provider.collect(), calls]).toEqual([[], 0]);
  });

  it('has no more callbacks than it may', () => {
    const { meter, errors } = metricsFixture({ maxMetrics: 1 });
    const level = meter.createObservableGauge('level');
    for (let index = 0; index < 11; index += 1) level.addCallback(() => undefined);
    expect(errors).toEqual(['the callback that observes level is never called: there are 10 others']);
  });

  it('waits for thenables, and survives what is none', async () => {
    const { meter, values, errors } = metricsFixture();
    const level = meter.createObservableGauge('level');
    const hostile: unknown = {
      get then(): never {
        throw new Error('boom');
      },
    };
    level.addCallback((result) => {
      result.observe(1);
      return hostile as Promise<void>;
    });
    const none: unknown = 'no function';
    level.addCallback(none as () => void);
    level.addCallback((result) => result.observe(2, { from: 'good' }));
    expect(await values()).toEqual([[{ from: 'good' }, 2]]);
    expect(errors).toEqual(['the callback that observes level failed: boom']);
  });
});

describe('a batch callback', () => {
  it('is another one than the callback of an instrument that is the same function', async () => {
    const { provider, meter } = metricsFixture();
    const level = meter.createObservableGauge('level');
    let calls = 0;
    const observe = (): void => {
      calls += 1;
    };
    level.addCallback(observe);
    meter.addBatchObservableCallback(observe, [level]);
    await provider.collect();
    meter.removeBatchObservableCallback(observe, [level]);
    await provider.collect();
    expect(calls).toBe(3);
  });

  it('observes the instruments that it is added with, and no others', async () => {
    const { provider, meter } = metricsFixture();
    const [level, flow, other] = ['level', 'flow', 'other'].map((name) => meter.createObservableGauge(name));
    if (level === undefined || flow === undefined || other === undefined) throw new Error('three were made');
    const foreign = new SdkMeterProvider().getMeter('shop').createObservableGauge('foreign');
    const all = [level, flow, foreign];
    let calls = 0;
    const observe: Parameters<typeof meter.addBatchObservableCallback>[0] = (result) => {
      calls += 1;
      for (const [index, observable] of [level, flow, other, foreign].entries())
        result.observe(observable, index, { index });
    };
    meter.addBatchObservableCallback(observe, all);
    meter.addBatchObservableCallback(observe, [flow, level]);
    meter.addBatchObservableCallback(observe, [foreign]);
    const metrics = await provider.collect();
    expect(metrics.map(({ name, points }) => [name, points.map(({ attributes }) => attributes)])).toEqual([
      ['level', [{ index: 0 }]],
      ['flow', [{ index: 1 }]],
    ]);
    for (const others of [[level], [level, flow, other]]) meter.removeBatchObservableCallback(observe, others);
    await provider.collect();
    meter.removeBatchObservableCallback(observe, all);
    expect([await provider.collect(), calls]).toEqual([[], 2]);
  });
});
