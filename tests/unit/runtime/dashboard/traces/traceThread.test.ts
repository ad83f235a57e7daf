import { describe, expect, it } from 'vitest';
import { type ThreadEvents, TraceThread } from '../../../../../runtime/src/dashboard/traces/traceThread.ts';
import type { TraceQuestion } from '../../../../../runtime/src/dashboard/traces/traceWorkerMessages.ts';
import { FakeHost } from '../../../../support/fakeHost.ts';

interface StartedThread {
  readonly events: ThreadEvents;
  readonly questions: TraceQuestion[];
  isStopped: boolean;
}

function testedThread() {
  const host = new FakeHost();
  const threads: StartedThread[] = [];
  const thread = new TraceThread({
    address: 'http://jaeger',
    timeoutMillis: 1000,
    idleMillis: 5000,
    schedule: host.schedule,
    start: (events) => {
      const started: StartedThread = { events, questions: [], isStopped: false };
      threads.push(started);
      return {
        ask: (question) => started.questions.push(question),
        stop: () => {
          started.isStopped = true;
        },
      };
    },
  });
  return { host, threads, thread };
}

describe('the thread that reads traces', () => {
  it('starts with the first question, and answers each by its number', async () => {
    const { threads, thread } = testedThread();
    expect(threads).toEqual([]);
    const services = thread.services();
    const rows = thread.rows('ab', 1000);
    expect(threads[0]?.questions).toEqual([
      { number: 1, method: 'services', given: [] },
      { number: 2, method: 'rows', given: ['ab', 1000] },
    ]);
    threads[0]?.events.onAnswer({ number: 2, value: { rows: [] } });
    threads[0]?.events.onAnswer({ number: 1, value: ['shop'] });
    expect(await rows).toEqual({ rows: [] });
    expect(await services).toEqual(['shop']);
    expect(threads).toHaveLength(1);
  });

  it('tells problems with their kind', async () => {
    const { threads, thread } = testedThread();
    const trace = thread.trace('ab');
    threads[0]?.events.onAnswer({ number: 1, problem: { kind: 'refused', message: 'log in', status: 401 } });
    await expect(trace).rejects.toMatchObject({
      name: 'TraceQueryError',
      kind: 'refused',
      message: 'log in',
      status: 401,
    });
  });

  it('is ended when it does not answer, for all who wait, and started anew by the next question', async () => {
    const { host, threads, thread } = testedThread();
    const first = expect(thread.trace('ab')).rejects.toMatchObject({ kind: 'slow' });
    const second = expect(thread.services()).rejects.toMatchObject({ kind: 'slow' });
    host.advance(1000);
    await Promise.all([first, second]);
    expect(threads[0]?.isStopped).toBe(true);
    const again = thread.services();
    // What the ended one says late is no answer.
    threads[0]?.events.onEnd(new Error('ended with code 1'));
    threads[1]?.events.onAnswer({ number: 3, value: [] });
    expect(await again).toEqual([]);
  });

  it('says that a trace was too large where the thread ran out of memory, and what else ended it', async () => {
    const { threads, thread } = testedThread();
    const large = thread.trace('ab');
    threads[0]?.events.onEnd(Object.assign(new Error('heap'), { code: 'ERR_WORKER_OUT_OF_MEMORY' }));
    await expect(large).rejects.toMatchObject({ kind: 'tooLarge' });
    const broken = thread.trace('ab');
    threads[1]?.events.onEnd(new Error('ended with code 1'));
    await expect(broken).rejects.toMatchObject({
      kind: 'broken',
      message: 'the thread that reads traces ended with code 1; ask again',
    });
  });

  it('ends when nobody has asked for a while, and not before', async () => {
    const { host, threads, thread } = testedThread();
    const first = thread.services();
    threads[0]?.events.onAnswer({ number: 1, value: [] });
    await first;
    host.advance(4999);
    const second = thread.services();
    host.advance(1);
    expect(threads[0]?.isStopped).toBe(false);
    threads[0]?.events.onAnswer({ number: 2, value: [] });
    await second;
    host.advance(5000);
    expect(threads[0]?.isStopped).toBe(true);
  });

  it('is a problem and no error where it cannot be started', async () => {
    const thread = new TraceThread({
      address: 'http://jaeger',
      timeoutMillis: 1000,
      idleMillis: 5000,
      schedule: () => () => undefined,
      start: () => {
        throw new Error('ERR_WORKER_INIT_FAILED');
      },
    });
    await expect(thread.services()).rejects.toMatchObject({ kind: 'broken' });
  });
});
