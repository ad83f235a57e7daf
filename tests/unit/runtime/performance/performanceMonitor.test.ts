import { describe, expect, it } from 'vitest';
import { PerformanceMonitor } from '../../../../runtime/src/performance/performanceMonitor.ts';
import type { MetricSampler } from '../../../../runtime/src/performance/metricReading.ts';
import { FakeHost } from '../../../support/fakeHost.ts';
import { LOAD, SECOND, tested } from './monitorFixture.ts';

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
    expect(sampler.reads - before).toBe(5);
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

  it('shows what was read no more once it is stopped, and what the application counts', async () => {
    const { monitor, sampler, pass } = tested({ intervalMillis: SECOND });
    monitor.meterProvider.getMeter('shop').createCounter('orders').add(1);
    const shown = async () => (await monitor.collect()).map(({ name }) => name).filter((name) => !name.includes('.'));
    monitor.start();
    await pass(0);
    expect(await shown()).toEqual(['load', 'orders']);
    const release = sampler.block();
    await pass(SECOND);
    const stopped = monitor.stop();
    release();
    await stopped;
    expect(await shown()).toEqual(['orders']);
    monitor.start();
    await pass(0);
    expect(await shown()).toEqual(['load', 'orders']);
    const stoppedAgain = monitor.stop();
    monitor.start();
    await stoppedAgain;
    expect(await shown()).toEqual(['load', 'orders']);
    await monitor.stop();
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

  it('keeps to its limits of points, gaps and the time of callbacks', async () => {
    const options = { intervalMillis: SECOND, maxPoints: 1000, maxGaps: 2, callbackTimeoutMillis: 50 };
    const { monitor, host, sampler, errors, pass } = tested(options);
    const late = monitor.meterProvider.getMeter('shop').createObservableGauge('late');
    const hang = () => new Promise<void>(() => undefined);
    late.addCallback(hang);
    const collected = monitor.collect();
    host.advance(50);
    await collected;
    expect(errors.map(({ message }) => message)).toEqual([expect.stringContaining('took longer than 50 ms')]);
    late.removeCallback(hang);
    for (const reason of ['a', 'b', 'c']) {
      sampler.value = undefined;
      sampler.reason = reason;
      await pass(SECOND);
      await monitor.read();
    }
    expect(monitor.series.query({ metric: 'load' }).gaps.map(({ reason }) => reason)).toEqual(['b', 'c']);
    sampler.value = 1;
    for (let round = 0; round < 400; round += 1) {
      host.advance(SECOND);
      await monitor.read();
    }
    expect(monitor.series.counts()).toMatchObject({ droppedGaps: 1 });
    expect(monitor.series.counts().points).toBeLessThanOrEqual(1000);
    expect(monitor.series.counts().early.raw).toBeGreaterThan(0);
  });

  it('keeps the process alive while somebody waits for a round, and not for those of the interval', async () => {
    const { monitor, host, sampler, pass } = tested({ intervalMillis: SECOND });
    const release = sampler.block();
    monitor.start();
    await pass(0);
    expect(host.waiting).toBe(0);
    const first = monitor.read();
    const second = monitor.read();
    expect(host.waiting).toBe(1);
    release();
    await Promise.all([first, second]);
    expect(host.waiting).toBe(0);
    await monitor.stop();
  });

  it('names the trace in which something was measured, where it is sampled', async () => {
    const trace = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), sampled: true };
    const monitor = new PerformanceMonitor({}, { host: new FakeHost(), samplers: () => [], currentTrace: () => trace });
    monitor.meterProvider.getMeter('shop').createHistogram('work').record(1);
    const work = (await monitor.collect()).find(({ name }) => name === 'work');
    expect(JSON.stringify(work)).toContain(trace.traceId);
  });

  it('tells of a round that failed, and reads on, even where nobody can be told', async () => {
    const errors: string[] = [];
    const failing: MetricSampler = {
      metrics: [LOAD],
      start: () => undefined,
      read: () => Promise.reject(new Error('broken')),
      stop: () => undefined,
    };
    const monitor = new PerformanceMonitor(
      {},
      {
        host: new FakeHost(),
        samplers: () => [failing],
        onError: ({ message }) => {
          errors.push(message);
          throw new Error('onError');
        },
      },
    );
    await monitor.read();
    await monitor.read();
    expect(errors).toEqual(['broken', 'broken']);
  });

  it.each([
    [true, false, ['tracewright.system.sampler.restarts']],
    [false, true, ['process.uptime']],
    [false, false, []],
  ])('reads what it is told to: the machine (%s), the process (%s)', async (system, process, names) => {
    const monitor = new PerformanceMonitor({ system, process }, { host: new FakeHost() });
    await monitor.read();
    const shown = (await monitor.collect()).map(({ name }) => name);
    const telling = ['tracewright.system.sampler.restarts', 'process.uptime'];
    expect(telling.filter((name) => shown.includes(name))).toEqual(names);
  });

  it('bounds the series of all metrics together, counts what is beyond, and tells of it', async () => {
    const { monitor, errors } = tested({ maxMeasuredSeries: 3 });
    const meter = monitor.meterProvider.getMeter('shop');
    const names = ['a', 'b'];
    for (const name of names) for (let id = 0; id < 5; id += 1) meter.createCounter(name).add(1, { id });
    const shown = (await monitor.collect()).filter(({ name }) => names.includes(name));
    expect(shown.map(({ points }) => points.map((point) => ('value' in point ? point.value : 0)))).toEqual([
      [1, 1, 1, 2],
      [5],
    ]);
    expect(monitor.meterProvider.counts().overflowed).toBe(7);
    expect(errors.map(({ message }) => message.split(':')[0])).toEqual(
      names.map((name) => `no further series of ${name}`),
    );
  });

  it('tells of series whose points it does not keep, and shows how many points that were', async () => {
    const { monitor, errors } = tested({ maxKeptSeries: 40 });
    const orders = monitor.meterProvider.getMeter('shop').createCounter('orders');
    for (let id = 0; id < 13; id += 1) orders.add(1, { id });
    await monitor.read();
    expect(errors.map(({ message }) => message)).toEqual([expect.stringContaining('"orders" has 10 series')]);
    const refused = (await monitor.collect()).find(({ name }) => name === 'tracewright.series.refused');
    expect(refused?.points).toContainEqual(expect.objectContaining({ attributes: { reason: 'share' }, value: 3 }));
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
