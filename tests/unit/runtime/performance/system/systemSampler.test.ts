// @spec S4.1
import { describe, expect, it } from 'vitest';
import { SystemSampler } from '../../../../../runtime/src/performance/system/systemSampler.ts';
import type {
  SystemWorkerData,
  SystemWorkerEvents,
} from '../../../../../runtime/src/performance/system/systemWorkerPorts.ts';
import { FakeHost } from '../../../../support/fakeHost.ts';

const RESTARTS = 'tracewright.system.sampler.restarts';

function tested(options: { readonly intervalMillis?: number } = {}) {
  const host = new FakeHost();
  const workers: { events: SystemWorkerEvents; data: SystemWorkerData; rounds: number[]; stopped: number }[] = [];
  const sampler = new SystemSampler(options, {
    host,
    startWorker: (events, data) => {
      const worker = { events, data, rounds: [] as number[], stopped: 0 };
      workers.push(worker);
      return { ask: (round) => worker.rounds.push(round), stop: () => (worker.stopped += 1) };
    },
  });
  return { host, workers, sampler };
}

describe('a system sampler', () => {
  it('gives what its thread answers, and one round to all who ask for it', async () => {
    const { sampler, workers } = tested();
    sampler.start();
    sampler.start();
    const reads = [sampler.read(), sampler.read()];
    expect(workers).toHaveLength(1);
    expect(workers[0]?.rounds).toEqual([1]);
    expect(workers[0]?.data).toEqual({ timeoutMillis: 10_000 });
    workers[0]?.events.onAnswer({ round: 1, readings: [{ metric: 'system.memory.limit', value: 5 }], gaps: [] });
    const [first, second] = await Promise.all(reads);
    expect(first).toBe(second);
    expect(first?.readings).toEqual([
      { metric: 'system.memory.limit', value: 5 },
      { metric: RESTARTS, value: 0 },
    ]);
  });

  it('tells no gap of what was not due in the first round, and one where another thread has to begin anew', async () => {
    const { sampler, workers, host } = tested();
    const metrics = ['system.cpu.utilization'];
    const gaps = [{ source: 'processors', metrics, reason: 'needs a reading before this one' }];
    const other = { source: 'disk space', metrics: ['system.filesystem.usage'], reason: 'took longer than 10 s' };
    sampler.start();
    const first = sampler.read();
    workers[0]?.events.onAnswer({ round: 1, readings: [], gaps: [...gaps, other] });
    expect((await first).gaps).toEqual([other]);
    workers[0]?.events.onEnd('ended with code 1');
    host.advance(1000);
    const anew = sampler.read();
    workers[1]?.events.onAnswer({ round: 2, readings: [], gaps });
    expect((await anew).gaps).toEqual(gaps);
    sampler.stop();
    sampler.start();
    const again = sampler.read();
    workers[2]?.events.onAnswer({ round: 3, readings: [], gaps });
    expect((await again).gaps).toEqual([]);
    sampler.stop();
  });

  it('lets no source take longer than the interval, and gives up on a thread a second after', async () => {
    const { sampler, workers, host } = tested({ intervalMillis: 100 });
    sampler.start();
    const read = sampler.read();
    expect(workers[0]?.data).toEqual({ timeoutMillis: 100 });
    host.advance(1099);
    workers[0]?.events.onAnswer({ round: 0, readings: [], gaps: [] });
    host.advance(1);
    const { readings, gaps } = await read;
    expect(readings).toEqual([{ metric: RESTARTS, value: 0 }]);
    expect(gaps.map(({ source, reason }) => [source, reason])).toEqual([
      ['system', 'the thread did not answer within 1.1 s'],
    ]);
    expect(gaps[0]?.metrics).toEqual(sampler.metrics.map(({ name }) => name).filter((name) => name !== RESTARTS));
    expect(host.timerCount).toBe(0);
  });

  it('does not take a late answer for that of the next round', async () => {
    const { sampler, workers, host } = tested();
    sampler.start();
    const late = sampler.read();
    host.advance(11_000);
    await late;
    const read = sampler.read();
    workers[0]?.events.onAnswer({ round: 1, readings: [{ metric: 'system.memory.limit', value: 1 }], gaps: [] });
    workers[0]?.events.onAnswer({ round: 2, readings: [{ metric: 'system.memory.limit', value: 2 }], gaps: [] });
    expect((await read).readings[0]?.value).toBe(2);
  });

  it('starts a thread anew that ended, later each time, up to a minute, until one answers', async () => {
    const { sampler, workers, host } = tested();
    sampler.start();
    for (const seconds of [1, 2, 4, 8, 16, 32, 60, 60]) {
      const read = sampler.read();
      workers.at(-1)?.events.onEnd('ended with code 1');
      const reason = `the thread ended with code 1; another is started after ${seconds} s`;
      expect((await read).gaps[0]?.reason).toBe(reason);
      const started = workers.length;
      host.advance(seconds * 1000 - 1);
      expect(workers).toHaveLength(started);
      expect((await sampler.read()).gaps[0]?.reason).toBe(reason);
      host.advance(1);
      expect(workers).toHaveLength(started + 1);
    }
    const read = sampler.read();
    workers.at(-1)?.events.onAnswer({ round: 9, readings: [], gaps: [] });
    expect((await read).readings).toEqual([{ metric: RESTARTS, value: 8 }]);
    workers.at(-1)?.events.onEnd('ended with code 1');
    expect((await sampler.read()).gaps[0]?.reason).toContain('after 1 s');
  });

  it('ends a thread that has left three rounds without an answer, and hears nothing more of it', async () => {
    const { sampler, workers, host } = tested();
    sampler.start();
    for (let round = 0; round < 3; round += 1) {
      const read = sampler.read();
      host.advance(11_000);
      await read;
    }
    expect(workers[0]?.stopped).toBe(1);
    workers[0]?.events.onEnd('ended with code 1');
    host.advance(1000);
    expect(workers).toHaveLength(2);
    expect(host.timerCount).toBe(0);
  });

  it('keeps a thread that is late once in a while, however long the interval is', async () => {
    const { sampler, workers, host } = tested();
    sampler.start();
    for (let round = 0; round < 6; round += 1) {
      const read = sampler.read();
      const asked = workers[0]?.rounds.at(-1);
      if (round % 3 === 2) workers[0]?.events.onAnswer({ round: asked ?? 0, readings: [], gaps: [] });
      else host.advance(11_000);
      await read;
      host.advance(3_600_000);
    }
    expect(workers[0]?.stopped).toBe(0);
  });

  it('tells gaps where no thread can be started or asked', async () => {
    const host = new FakeHost();
    const none = new SystemSampler({}, { host, startWorker: () => thrown('no memory') });
    expect((await none.read()).gaps[0]?.reason).toBe('start() was not called');
    none.start();
    expect((await none.read()).gaps[0]?.reason).toContain('could not be started: no memory');
    const mute = new SystemSampler(
      {},
      { host, startWorker: () => ({ ask: () => thrown('gone'), stop: () => undefined }) },
    );
    mute.start();
    expect((await mute.read()).gaps[0]?.reason).toContain('could not be asked: gone');
  });

  it('leaves nothing when it is stopped, and can be started again', async () => {
    const { sampler, workers, host } = tested();
    sampler.start();
    const read = sampler.read();
    sampler.stop();
    sampler.stop();
    expect((await read).gaps[0]?.reason).toBe('stop() was called');
    expect(workers[0]?.stopped).toBe(1);
    workers[0]?.events.onEnd('ended with code 1');
    expect(host.timerCount).toBe(0);
    sampler.start();
    expect(workers).toHaveLength(2);
  });

  it.each([99, 3_600_001, Number.NaN, 1.5])('refuses an interval of %s', (intervalMillis) => {
    expect(() => tested({ intervalMillis })).toThrow('a whole number from 100 to 3600000');
  });
});

function thrown(message: string): never {
  throw new Error(message);
}
