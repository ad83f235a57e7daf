// @spec S3.2
import { setImmediate as immediate, setTimeout as delay } from 'node:timers/promises';
import { context, ROOT_CONTEXT, trace, TraceFlags } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { describe, expect, it } from 'vitest';
import { RequestTracker } from '../../../../runtime/src/requests/requestTracker.ts';
import { FakeHost } from '../../../support/fakeHost.ts';
import { testedTracker } from './support/trackerFixture.ts';

describe('run', () => {
  it('makes a request the current one, and the parent of those that start in it', () => {
    const { tracker } = testedTracker();
    const outer = tracker.start({ operation: 'outer', id: 'outer' });
    expect(tracker.current()).toBeUndefined();
    const answer = outer.run(() => {
      expect(tracker.current()).toBe(outer);
      return tracker.start({ operation: 'inner', id: 'inner' }).run(() => {
        tracker.start({ operation: 'innermost', id: 'innermost' });
        return 'answer';
      });
    });
    expect(answer).toBe('answer');
    expect(tracker.current()).toBeUndefined();
    expect(['outer', 'inner', 'innermost'].map((id) => tracker.get(id)?.parentId)).toEqual([
      undefined,
      'outer',
      'inner',
    ]);
  });

  it.each<[string, () => Promise<unknown>]>([
    ['await', async () => await Promise.resolve()],
    ['a timer', () => delay(1)],
    ['an immediate', () => immediate()],
    [
      'a microtask',
      () =>
        new Promise<void>((resolve) => {
          queueMicrotask(resolve);
        }),
    ],
    [
      'process.nextTick',
      () =>
        new Promise<void>((resolve) => {
          process.nextTick(resolve);
        }),
    ],
    [
      'a callback of a timer',
      () =>
        new Promise<void>((resolve) => {
          setTimeout(resolve, 1);
        }),
    ],
  ])('goes on behind %s, beside others', async (_, wait) => {
    const { tracker } = testedTracker();
    const work = async (id: string): Promise<void> => {
      await wait();
      tracker.start({ operation: 'part', id: `${id} part` });
      expect(tracker.current()?.id).toBe(id);
    };
    await Promise.all(['a', 'b', 'c'].map((id) => tracker.start({ operation: 'work', id }).run(() => work(id))));
    expect(['a', 'b', 'c'].map((id) => tracker.get(`${id} part`)?.parentId)).toEqual(['a', 'b', 'c']);
    expect(tracker.current()).toBeUndefined();
  });

  it('lets through what is thrown, and is over then', () => {
    const { tracker } = testedTracker();
    const error = new Error('no');
    const request = tracker.start({ operation: 'work' });
    expect(() =>
      request.run(() => {
        throw error;
      }),
    ).toThrow(error);
    expect(tracker.current()).toBeUndefined();
    expect(request.state).toBe('pending');
  });

  it('of one tracker is none of another', () => {
    const [{ tracker }, { tracker: other }] = [testedTracker(), testedTracker()];
    tracker.start({ operation: 'work' }).run(() => {
      expect(other.current()).toBeUndefined();
      expect(other.get(other.start({ operation: 'work' }).id)?.parentId).toBeUndefined();
    });
  });

  it('gives way to a parent that is given', () => {
    const { tracker } = testedTracker();
    tracker
      .start({ operation: 'work', id: 'current' })
      .run(() => tracker.start({ operation: 'part', id: 'part', parentId: 'given' }));
    expect(tracker.get('part')?.parentId).toBe('given');
    expect(tracker.find({ parentId: 'given' }).requests).toHaveLength(1);
  });
});

describe('the trace of a request', () => {
  const active = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', sampled: true };

  it('is the one that is active when it starts, and stays', () => {
    let current: typeof active | undefined = active;
    const { tracker } = testedTracker({}, { currentTrace: () => current });
    tracker.start({ operation: 'work', id: 'in' });
    current = undefined;
    tracker.process('in');
    tracker.start({ operation: 'work', id: 'out' });
    expect(tracker.get('in')).toMatchObject(active);
    expect(tracker.get('out')).not.toHaveProperty('traceId');
    expect(tracker.find({ traceId: active.traceId }).requests).toHaveLength(1);
  });

  it.each([
    [TraceFlags.SAMPLED, true],
    [TraceFlags.NONE, false],
  ])("is OpenTelemetry's where nothing else is said, recorded or not", (traceFlags, sampled) => {
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    try {
      const tracker = new RequestTracker({}, { host: new FakeHost() });
      const { traceId, spanId } = active;
      const spanContext = { traceId, spanId, traceFlags };
      const { id } = context.with(trace.setSpanContext(ROOT_CONTEXT, spanContext), () =>
        tracker.start({ operation: 'work' }),
      );
      expect(tracker.get(id)).toMatchObject({ traceId, spanId, sampled });
    } finally {
      context.disable();
    }
  });
});
