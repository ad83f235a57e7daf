import { describe, expect, it } from 'vitest';
import type { ThresholdEvent } from '../../../../runtime/src/performance/thresholds/threshold.ts';
import { SECOND, tested } from './monitorFixture.ts';

describe('thresholds of a PerformanceMonitor', () => {
  it('tells of thresholds that are raised and cleared, and which are raised', async () => {
    const threshold = { name: 'busy', metric: 'load', above: 5, clearAt: 2, windowMillis: SECOND } as const;
    const { host, monitor, sampler, pass } = tested({ thresholds: [threshold], intervalMillis: SECOND });
    const told: (readonly [string, number])[] = [];
    const end = monitor.listen(({ state, value }) => told.push([state, value]));
    const raised: (readonly ThresholdEvent[])[] = [];
    for (const value of [1, 6, 4, undefined, 1]) {
      sampler.value = value;
      await pass(SECOND);
      await monitor.read();
      raised.push(monitor.raised());
    }
    expect(told).toEqual([
      ['raised', 6],
      ['cleared', 1],
    ]);
    expect(raised.map(({ length }) => length)).toEqual([0, 1, 1, 1, 0]);
    expect(raised[1]?.[0]).toMatchObject({ threshold: { name: 'busy' }, value: 6, attributes: {} });
    expect(raised[1]?.[0]?.wallMillis).toBe(host.wallMillis() - 3 * SECOND);
    end();
    sampler.value = 9;
    await pass(SECOND);
    await monitor.read();
    expect(told).toHaveLength(2);
  });

  it('clears a threshold of what is gone for good, and not one of which nothing is known for a while', async () => {
    const threshold = { name: 'busy', metric: 'load', above: 5, windowMillis: SECOND } as const;
    const { monitor, sampler, pass } = tested({ thresholds: [threshold] });
    const told: (readonly [string, number, number])[] = [];
    monitor.listen(({ state, value, forMillis }) => told.push([state, value, forMillis]));
    const round = async (): Promise<void> => {
      await pass(SECOND);
      await monitor.read();
    };
    sampler.value = 9;
    await round();
    sampler.value = undefined;
    for (let rounds = 0; rounds < 3; rounds += 1) await round();
    expect(told).toEqual([['raised', 9, 0]]);
    sampler.hasGap = false;
    await round();
    await round();
    expect(told).toEqual([
      ['raised', 9, 0],
      ['cleared', 9, 5 * SECOND],
    ]);
    expect(monitor.raised()).toEqual([]);
  });

  it.each<[string, () => unknown, string, string]>([
    [
      'throws',
      () => {
        throw new Error('no tank');
      },
      'failed: no tank',
      'failed: no tank',
    ],
    ['hangs', () => new Promise(() => undefined), 'took longer than 50 ms', 'has not ended since an earlier round'],
  ])('knows nothing of what a callback observes that %s, and says why', async (_, fail, first, last) => {
    const threshold = { name: 'high', metric: 'level', above: 5, windowMillis: SECOND } as const;
    const { monitor, host, pass } = tested({ thresholds: [threshold], callbackTimeoutMillis: 50 });
    const told: string[] = [];
    monitor.listen(({ state }) => told.push(state));
    let isBroken = false;
    monitor.meterProvider
      .getMeter('shop')
      .createObservableGauge('level')
      .addCallback((result) => {
        result.observe(9);
        return (isBroken ? fail() : undefined) as undefined;
      });
    const round = async (): Promise<void> => {
      await pass(SECOND);
      const done = monitor.read();
      await pass(0);
      host.advance(50);
      await done;
    };
    await round();
    isBroken = true;
    for (let rounds = 0; rounds < 4; rounds += 1) await round();
    expect([told, monitor.raised().length]).toEqual([['raised'], 1]);
    const { gaps, series } = monitor.series.query({ metric: 'level' });
    expect(series.map(({ points }) => points.length)).toEqual([1]);
    expect([gaps[0], gaps.at(-1)]).toMatchObject([
      { source: 'callback', metrics: ['level'], reason: first },
      { source: 'callback', metrics: ['level'], reason: last },
    ]);
    expect(gaps.reduce((sum, { rounds }) => sum + rounds, 0)).toBe(4);
  });

  it('goes on where a listener throws', async () => {
    const { monitor, errors, pass } = tested({ thresholds: [{ name: 't', metric: 'load', above: 0 }] });
    const told: string[] = [];
    monitor.listen(() => {
      throw new Error('listener');
    });
    monitor.listen(() => Promise.reject(new Error('async listener')));
    monitor.listen(({ state }) => told.push(state));
    await monitor.read();
    await pass(0);
    expect([told, errors.map(({ message }) => message)]).toEqual([['raised'], ['listener', 'async listener']]);
  });

  it('raises thresholds of one series of many, by the rate of a counter', async () => {
    const threshold = { name: 'cards', metric: 'orders', attributes: { payment: 'card' }, statistic: 'rate' } as const;
    const { monitor, pass } = tested({ thresholds: [{ ...threshold, above: 1, windowMillis: 10 * SECOND }] });
    const told: (readonly [string, unknown])[] = [];
    monitor.listen(({ state, value, attributes }) => told.push([`${state} ${value}`, attributes]));
    const orders = monitor.meterProvider.getMeter('shop').createCounter('orders');
    for (let second = 0; second < 3; second += 1) {
      orders.add(10, { payment: 'cash' });
      orders.add(2, { payment: 'card' });
      await pass(SECOND);
      await monitor.read();
    }
    expect(told).toEqual([['raised 2', { payment: 'card' }]]);
  });
});
