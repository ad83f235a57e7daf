// @spec S3.5
import { describe, expect, it, vi } from 'vitest';
import type { TraceContext } from '../../../../../runtime/src/core/currentTraceContext.ts';
import { HOUR, idsOf, SECOND, testedTracker } from '../support/trackerFixture.ts';

const traceOf = (digit: number): TraceContext => ({
  traceId: String(digit).repeat(32),
  spanId: String(digit).repeat(16),
  sampled: true,
});

describe('stuck', () => {
  it('lists what has been unfinished for long, the oldest first, with its last unfinished span', () => {
    let started = 0;
    const lastUnfinishedSpan = vi.fn((traceId: string) =>
      traceId.startsWith('2') ? undefined : { name: 'SELECT', spanId: 'b'.repeat(16), elapsedMillis: 7 },
    );
    const currentTrace = (): TraceContext | undefined => {
      started += 1;
      return started > 3 ? undefined : traceOf(started);
    };
    const { tracker, host } = testedTracker({ stuckAfterMillis: 5000 }, { currentTrace, lastUnfinishedSpan });
    for (const id of ['first', 'second', 'ended', 'untraced']) {
      tracker.start({ operation: 'work', id });
      host.advance(1);
    }
    tracker.process('second');
    tracker.fail('ended');
    host.advance(4996);
    expect(idsOf(tracker.stuck())).toEqual(['first']);
    host.advance(3);
    tracker.start({ operation: 'work', id: 'young' });
    const stuck = tracker.stuck();
    expect(idsOf(stuck)).toEqual(['first', 'second', 'untraced']);
    expect(stuck[0]).toEqual({
      ...tracker.get('first'),
      durationMillis: 5003,
      lastUnfinishedSpan: { name: 'SELECT', spanId: 'b'.repeat(16), elapsedMillis: 7 },
    });
    expect(stuck[1]).toMatchObject({ state: 'processing', lastUnfinishedSpan: undefined });
    expect(stuck[2]?.lastUnfinishedSpan).toBeUndefined();
    expect(lastUnfinishedSpan.mock.calls.map(([traceId]) => traceId[0])).toEqual(['1', '1', '2']);
  });

  it('is told of each request once, by the timer', () => {
    const { tracker, host } = testedTracker({ stuckAfterMillis: 15 * SECOND, sweepIntervalMillis: 10 * SECOND });
    const told: [string, number][] = [];
    tracker.listen({ stuck: ({ id, durationMillis }) => told.push([id, durationMillis]) });
    tracker.start({ operation: 'work', id: 'a' });
    host.advance(10 * SECOND);
    tracker.start({ operation: 'work', id: 'b' });
    expect(told).toEqual([]);
    for (let sweep = 0; sweep < 5; sweep += 1) host.advance(10 * SECOND);
    expect(told).toEqual([
      ['a', 20_000],
      ['b', 20_000],
    ]);
    expect(idsOf(tracker.stuck())).toEqual(['a', 'b']);
  });

  it('is not told of what a listener has ended in the meantime', () => {
    const { tracker, host } = testedTracker();
    const told: string[] = [];
    tracker.listen({
      stuck: ({ id }) => {
        told.push(id);
        for (const other of tracker.stuck()) tracker.cancel(other.id);
      },
    });
    for (const id of ['a', 'b', 'c']) tracker.start({ operation: 'work', id });
    host.advance(60 * SECOND);
    expect(told).toEqual(['a']);
    expect(tracker.counts()).toMatchObject({ failed: 3, unfinished: 0 });
  });

  it('asks for the span of what is told, and not again for what was told before', () => {
    const lastUnfinishedSpan = vi.fn(() => undefined);
    const { tracker, host } = testedTracker({}, { currentTrace: () => traceOf(1), lastUnfinishedSpan });
    tracker.listen({ stuck: () => undefined });
    for (let number = 0; number < 1000; number += 1) tracker.start({ operation: 'work' });
    for (let sweep = 0; sweep < 10; sweep += 1) host.advance(30 * SECOND);
    expect(lastUnfinishedSpan).toHaveBeenCalledTimes(1000);
  });

  it('shows a request whose span cannot be told, and tells why it cannot', () => {
    const error = new Error('no spans');
    const lastUnfinishedSpan = (): never => {
      throw error;
    };
    const { tracker, host, errors } = testedTracker({}, { currentTrace: () => traceOf(1), lastUnfinishedSpan });
    tracker.start({ operation: 'work', id: 'r' });
    host.advance(60 * SECOND);
    expect(tracker.stuck()).toMatchObject([{ id: 'r', lastUnfinishedSpan: undefined }]);
    expect(errors).toEqual([error]);
  });
});

describe('a request that takes longer than the longest', () => {
  it('is ended by the timer: failed, abandoned; and its end is told', () => {
    const { tracker, host } = testedTracker({ maxDurationMillis: HOUR, maxAgeMillis: HOUR });
    const told: unknown[] = [];
    tracker.listen({ finished: ({ id, state, failure }) => told.push([id, state, failure]) });
    const request = tracker.start({ operation: 'work', id: 'r' }).process();
    host.advance(HOUR);
    expect(request.state).toBe('processing');
    host.advance(10 * SECOND);
    expect(told).toEqual([['r', 'failed', { reason: 'abandoned' }]]);
    expect(tracker.get('r')).toMatchObject({ state: 'failed', durationMillis: HOUR + 10 * SECOND });
    expect(tracker.counts()).toMatchObject({ failed: 1, abandoned: 1, unfinished: 0, kept: 1 });
    expect(tracker.statistics.read()).toMatchObject({ count: 1, failed: 1, errorRatio: 1 });
    request.complete();
    expect(tracker.counts()).toMatchObject({ completed: 0, failed: 1 });
  });
});
