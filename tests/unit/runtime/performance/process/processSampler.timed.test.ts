import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { nodeProcessPorts } from '../../../../../runtime/src/performance/adapters/nodeProcessPorts.ts';
import type { GcType, ProcessPorts } from '../../../../../runtime/src/performance/process/processPorts.ts';
import { ProcessSampler } from '../../../../../runtime/src/performance/process/processSampler.ts';
import type { ReadingRound } from '../../../../../runtime/src/performance/metricReading.ts';

/** A process on two processors, and what a test changes in it. */
function tested(changes: Partial<ProcessPorts> = {}) {
  const state = { now: 0, active: 100, idle: 100, user: 1e6, system: 5e5, stopped: [] as string[] };
  const gc: { listener?: (type: GcType, millis: number) => void } = {};
  const ports: ProcessPorts = {
    monotonicMillis: () => state.now,
    watchEventLoop: () => ({
      take: () => ({ count: 3, mean: 1, p50: 2, p99: 3, max: 4 }),
      stop: () => state.stopped.push('event loop'),
    }),
    eventLoopTimes: () => ({ active: state.active, idle: state.idle }),
    watchGc: (listener) => {
      gc.listener = listener;
      return () => state.stopped.push('gc');
    },
    heapSpaces: () => [{ name: 'new_space', size: 4, used: 3, available: 2, physical: 1 }],
    heap: () => ({ used: 30, limit: 100 }),
    memory: () => ({ resident: 1, external: 2, arrayBuffers: 3 }),
    processorTime: () => ({ user: state.user, system: state.system }),
    usableProcessors: () => 2,
    activeResources: () => ['Timeout', 'TCPSocketWrap', 'Timeout'],
    uptimeSeconds: () => 12.5,
    ...changes,
  };
  return { state, gc, sampler: new ProcessSampler(ports) };
}

function told({ readings }: ReadingRound, metric: string): Readonly<Record<string, number>> {
  const ofMetric = readings.filter((reading) => reading.metric === metric);
  return Object.fromEntries(ofMetric.map(({ attributes, value }) => [Object.values(attributes ?? {}).join(), value]));
}

describe('a process sampler', () => {
  it('tells each metric by its convention, in seconds, bytes and shares since the last reading', async () => {
    const { sampler, state, gc } = tested();
    sampler.start();
    gc.listener?.('minor', 2);
    gc.listener?.('minor', 4);
    Object.assign(state, { now: 1000, active: 400, idle: 200, user: 2e6, system: 5e5 });
    const round = await sampler.read();
    expect(round.gaps).toEqual([]);
    expect(told(round, 'nodejs.eventloop.delay.p99')).toEqual({ '': 0.003 });
    expect(told(round, 'nodejs.eventloop.utilization')).toEqual({ '': 0.75 });
    expect(told(round, 'nodejs.eventloop.time')).toEqual({ active: 0.4, idle: 0.2 });
    expect(told(round, 'process.cpu.time')).toEqual({ user: 2, system: 0.5 });
    expect(told(round, 'process.cpu.utilization')).toEqual({ user: 0.5, system: 0 });
    expect(told(round, 'tracewright.v8js.gc.count')).toEqual({ major: 0, minor: 2, incremental: 0, weakcb: 0 });
    expect(told(round, 'tracewright.v8js.gc.time')).toEqual({ major: 0, minor: 0.006, incremental: 0, weakcb: 0 });
    expect(told(round, 'v8js.memory.heap.used')).toEqual({ new_space: 3 });
    expect(told(round, 'tracewright.v8js.heap.limit')).toEqual({ '': 100 });
    expect(told(round, 'v8js.resource.active')).toEqual({ Timeout: 2, TCPSocketWrap: 1 });
    expect(new Set(round.readings.map(({ metric }) => metric))).toEqual(
      new Set(sampler.metrics.map(({ name }) => name)),
    );
  });

  it('leaves a gap for what fails, was not sampled or cannot be true, and tells the rest', async () => {
    const { sampler } = tested({
      watchEventLoop: () => ({ take: () => ({ count: 0, mean: NaN, p50: 0, p99: 0, max: 0 }), stop: () => undefined }),
      heap: () => ({ used: NaN, limit: 100 }),
      memory: () => {
        throw new Error('no /proc');
      },
    });
    sampler.start();
    await sampler.read();
    const { readings, gaps } = await sampler.read();
    expect(gaps.map(({ source, reason }) => [source, reason])).toEqual([
      ['event loop delay', 'no timer was due since the last reading'],
      ['event loop utilization', 'gave NaN'],
      ['heap', 'gave NaN'],
      ['process memory', 'no /proc'],
      ['processor utilization', 'gave NaN for user'],
      ['processor utilization', 'gave NaN for system'],
    ]);
    expect(readings.some(({ metric }) => metric === 'process.uptime')).toBe(true);
  });

  it('tells its share of a quota that is no whole number of processors, and looks for it every ten seconds', async () => {
    const quotas = [1.25, 0.5];
    let asked = 0;
    const { sampler, state } = tested({ usableProcessors: () => quotas[asked++] ?? 0 });
    const shares: (number | undefined)[] = [];
    sampler.start();
    for (let round = 0; round < 3; round += 1) {
      state.now += 5000;
      state.user += 2.5e6;
      shares.push(told(await sampler.read(), 'process.cpu.utilization')['user']);
    }
    expect(shares).toEqual([0.4, 0.4, 1]);
    expect(asked).toBe(2);
  });

  it('leaves a gap for its share where the quota cannot be read, and tells its processor time', async () => {
    const { sampler, state } = tested({
      usableProcessors: () => {
        throw new Error('EACCES: cpu.max');
      },
    });
    sampler.start();
    Object.assign(state, { now: 1000, active: 400 });
    const round = await sampler.read();
    expect(round.gaps).toEqual([
      { source: 'processor utilization', metrics: ['process.cpu.utilization'], reason: 'EACCES: cpu.max' },
    ]);
    expect(told(round, 'process.cpu.time')).toEqual({ user: 1, system: 0.5 });
  });

  it('tells no gap of timers that were not due yet in the first round after a start', async () => {
    const { sampler, state } = tested({
      watchEventLoop: () => ({ take: () => ({ count: 0, mean: NaN, p50: 0, p99: 0, max: 0 }), stop: () => undefined }),
    });
    const rounds: (readonly string[])[] = [];
    const read = async (): Promise<void> => {
      state.now += 1000;
      state.active += 1;
      rounds.push((await sampler.read()).gaps.map(({ source }) => source));
    };
    sampler.start();
    await read();
    await read();
    sampler.stop();
    sampler.start();
    await read();
    expect(rounds).toEqual([[], ['event loop delay'], []]);
    sampler.stop();
  });

  it('bounds the types of resources', async () => {
    const { sampler } = tested({
      activeResources: () => Array.from({ length: 500 }, (_, index) => `__proto__${index}`),
    });
    const types = told(await sampler.read(), 'v8js.resource.active');
    expect(Object.keys(types)).toHaveLength(51);
    expect(types['(other)']).toBe(450);
  });

  it('undoes what it started, once, and says that nothing is watched any more', async () => {
    const { sampler, state } = tested();
    sampler.start();
    sampler.start();
    sampler.stop();
    sampler.stop();
    expect(state.stopped).toEqual(['event loop', 'gc']);
    const unwatched = (await sampler.read()).gaps.filter(({ reason }) => reason.includes('start() was not called'));
    expect(unwatched.map(({ source }) => source)).toEqual(['event loop delay', 'garbage collection']);
  });

  it('sees of its own process what there is: a blocked event loop, collections, heap and processor time', async () => {
    const sampler = new ProcessSampler(nodeProcessPorts());
    sampler.start();
    await sleep(50);
    const end = performance.now() + 80;
    while (performance.now() < end) Array.from({ length: 20_000 }, (_, index) => ({ index }));
    await vi.waitFor(async () => {
      const round = await sampler.read();
      expect(told(round, 'tracewright.v8js.gc.count')['minor']).toBeGreaterThan(0);
    });
    await sleep(50);
    const round = await sampler.read();
    sampler.stop();
    expect(round.gaps).toEqual([]);
    expect(told(round, 'process.memory.usage')['']).toBeGreaterThan(1e7);
    expect(told(round, 'v8js.memory.heap.used')['old_space']).toBeGreaterThan(1e5);
  });

  it('tells how long the event loop was blocked, without the time that timers are set to', async () => {
    const watch = nodeProcessPorts().watchEventLoop();
    await sleep(40);
    const end = performance.now() + 120;
    while (performance.now() < end);
    await sleep(40);
    const { count, max, p50 } = watch.take();
    watch.stop();
    expect(count).toBeGreaterThan(2);
    expect(max).toBeGreaterThan(100);
    expect(p50).toBeLessThan(max / 2);
  });
});
