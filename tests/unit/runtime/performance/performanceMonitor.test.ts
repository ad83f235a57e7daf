import { describe, expect, it } from 'vitest';
import { PerformanceMonitor } from '../../../../runtime/src/performance/performanceMonitor.ts';
import type { PerformanceMonitorOptions } from '../../../../runtime/src/performance/performanceMonitorOptions.ts';
import type { Gap, Reading, ReadMetric, Sampler } from '../../../../runtime/src/performance/reading.ts';
import type { ThresholdEvent } from '../../../../runtime/src/performance/thresholds/threshold.ts';
import { FakeHost } from '../fakeHost.ts';

const SECOND = 1000;
const LOAD: ReadMetric = { name: 'load', kind: 'gauge', unit: '1', description: 'How much there is to do.' };

/** Reads what the test says, and can be made to wait or to give nothing. */
class FakeSampler implements Sampler {
  readonly metrics = [LOAD];
  started = 0;
  stopped = 0;
  reads = 0;
  value: number | undefined = 1;
  hasGap = true;
  #blocked: Promise<void> = Promise.resolve();

  start(): void {
    this.started += 1;
  }

  stop(): void {
    this.stopped += 1;
  }

  block(): () => void {
    let release: () => void = () => undefined;
    this.#blocked = new Promise((resolve) => (release = resolve));
    return release;
  }

  async read(): Promise<{ readings: readonly Reading[]; gaps: readonly Gap[] }> {
    this.reads += 1;
    await this.#blocked;
    if (this.value === undefined)
      return {
        readings: [],
        gaps: this.hasGap ? [{ source: 'load', metrics: ['load'], reason: 'nobody knows' }] : [],
      };
    return { readings: [{ metric: 'load', value: this.value }], gaps: [] };
  }
}

function tested(options: PerformanceMonitorOptions = {}) {
  const host = new FakeHost();
  const sampler = new FakeSampler();
  const errors: Error[] = [];
  const monitor = new PerformanceMonitor(options, {
    host,
    samplers: () => [sampler],
    onError: (error) => errors.push(error),
  });
  /** Lets time pass, and what is due come to its end. */
  const pass = async (millis: number): Promise<void> => {
    host.advance(millis);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { host, sampler, errors, monitor, pass };
}

describe('PerformanceMonitor', () => {
  it('reads at once and then every interval, until it is stopped, and again when it is started again', async () => {
    const { monitor, sampler, pass } = tested({ intervalMillis: 10 * SECOND });
    await pass(SECOND);
    expect([sampler.started, sampler.reads]).toEqual([0, 0]);
    monitor.start();
    monitor.start();
    await pass(0);
    expect([sampler.started, sampler.reads]).toEqual([1, 1]);
    for (let round = 0; round < 3; round += 1) await pass(10 * SECOND);
    expect(sampler.reads).toBe(4);
    await monitor.stop();
    await monitor.stop();
    await pass(60 * SECOND);
    expect([sampler.reads, sampler.stopped]).toEqual([4, 2]);
    monitor.start();
    await pass(0);
    expect(sampler.reads).toBe(5);
    await monitor.stop();
  });

  it('reads no two rounds at a time, and goes on after one that took long', async () => {
    const { monitor, sampler, pass } = tested({ intervalMillis: SECOND });
    const release = sampler.block();
    monitor.start();
    for (let second = 0; second < 5; second += 1) await pass(SECOND);
    expect(sampler.reads).toBe(1);
    expect(monitor.read()).toBe(monitor.read());
    release();
    await monitor.read();
    await pass(0);
    await pass(10);
    expect(sampler.reads).toBe(2);
    await monitor.stop();
  });

  it('waits for the round that is going on when it is stopped, and begins no other', async () => {
    const { monitor, sampler, pass } = tested({ intervalMillis: SECOND });
    const release = sampler.block();
    monitor.start();
    await pass(0);
    let isStopped = false;
    const stopped = monitor.stop().then(() => (isStopped = true));
    await pass(0);
    expect(isStopped).toBe(false);
    release();
    await stopped;
    await pass(60 * SECOND);
    expect(sampler.reads).toBe(1);
  });

  it('keeps one run, started again while a round of the last one is going on', async () => {
    const { monitor, host, sampler, pass } = tested({ intervalMillis: SECOND });
    const release = sampler.block();
    monitor.start();
    await pass(0);
    const stopped = monitor.stop();
    expect(host.waiting).toBe(1);
    monitor.start();
    release();
    await stopped;
    expect(host.waiting).toBe(0);
    expect([sampler.started, sampler.stopped]).toEqual([2, 1]);
    const before = sampler.reads;
    for (let second = 0; second < 5; second += 1) await pass(SECOND);
    expect(sampler.reads - before).toBeLessThanOrEqual(6);
    await monitor.stop();
    await pass(10 * SECOND);
    const after = sampler.reads;
    await pass(10 * SECOND);
    expect(sampler.reads).toBe(after);
  });

  it('keeps what was read and what the application measured, and gaps with their reasons in the place of zeros', async () => {
    const { monitor, sampler, pass } = tested({ intervalMillis: 10 * SECOND });
    const orders = monitor.meterProvider.getMeter('shop').createCounter('orders', { unit: '{order}' });
    monitor.start();
    await pass(0);
    orders.add(5);
    sampler.value = 3;
    await pass(10 * SECOND);
    sampler.value = undefined;
    orders.add(20);
    await pass(10 * SECOND);
    const load = monitor.series.query({ metric: 'load' });
    expect(load.series.map(({ points }) => points.map(({ timeMillis, mean }) => [timeMillis, mean]))).toEqual([
      [
        [0, 1],
        [10 * SECOND, 3],
      ],
    ]);
    expect(load.gaps).toMatchObject([{ reason: 'nobody knows' }]);
    const [counted] = monitor.series.query({ metric: 'orders' }).series;
    expect(counted?.points.at(-1)).toMatchObject({ sum: 20, ratePerSecond: 2 });
    await monitor.stop();
  });

  it('shows what was read to an exposition, and not what was not', async () => {
    const { monitor, sampler } = tested();
    await monitor.read();
    const loads = async () => (await monitor.collect()).filter(({ name }) => name === 'load');
    expect(await loads()).toMatchObject([
      { ...LOAD, scope: { name: '@tracewright/runtime' }, points: [{ value: 1, attributes: {} }] },
    ]);
    sampler.value = undefined;
    await monitor.read();
    expect(await loads()).toEqual([]);
  });

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

  it('tells times of series by the clock on the wall', async () => {
    const { monitor, host, pass } = tested();
    const startedWall = host.wallMillis();
    await pass(90 * SECOND);
    expect(monitor.wallMillisOf(30 * SECOND)).toBe(startedWall + 30 * SECOND);
  });

  it('measures functions in seconds', async () => {
    const { monitor, host } = tested();
    const histogram = monitor.meterProvider.getMeter('shop').createHistogram('work', { unit: 's' });
    expect(monitor.time(histogram, () => (host.advance(250), 'done'), { kind: 'a' })).toBe('done');
    const work = (await monitor.collect()).find(({ name }) => name === 'work');
    expect(work?.points).toMatchObject([{ count: 1, sum: 0.25, attributes: { kind: 'a' } }]);
  });

  it('forecasts from what it kept', async () => {
    const { monitor, sampler, pass } = tested({ intervalMillis: SECOND });
    for (let second = 0; second < 30; second += 1) {
      sampler.value = 100 + second * 2;
      await pass(SECOND);
      await monitor.read();
    }
    const [load] = monitor.trends.forecasts({ metric: 'load' }, { limit: 258 });
    expect(load).toMatchObject({ metric: 'load', forecast: { verdict: 'reaches' } });
    expect(load?.forecast).toHaveProperty('inMillis', 50 * SECOND);
    expect(monitor.trends.trends({ metric: 'load' })).toMatchObject([
      { trend: { verdict: 'rising' }, slope: { perSecond: 2 } },
    ]);
    expect(monitor.trends.changes({ metric: 'load', windowMillis: 3 * SECOND })).toMatchObject([
      { changes: { verdict: 'not enough data', given: 3 } },
    ]);
  });
});
