// @spec S3.1
import { describe, expect, it } from 'vitest';
import { IllegalTransitionError } from '../../../../../runtime/src/requests/lifecycle/illegalTransitionError.ts';
import { UnknownRequestError } from '../../../../../runtime/src/requests/lifecycle/unknownRequestError.ts';
import { HOUR, testedTracker } from '../support/trackerFixture.ts';

const STEPS = {
  pending: [],
  processing: ['process'],
  completed: ['process', 'complete'],
  failed: ['fail'],
  cancelled: ['process', 'cancel'],
} as const;

type Step = 'process' | 'complete' | 'fail' | 'cancel';

/** A request that has been brought so far. */
function requestIn(situation: keyof typeof STEPS) {
  const tested = testedTracker();
  const request = tested.tracker.start({ operation: 'work', id: 'r' });
  for (const step of STEPS[situation]) request[step]();
  return { ...tested, request };
}

function thrownBy(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  return 'nothing was thrown';
}

describe('a request', () => {
  it.each([
    ['pending', 'process', 'processing'],
    ['pending', 'fail', 'failed'],
    ['pending', 'cancel', 'failed'],
    ['processing', 'complete', 'completed'],
    ['processing', 'fail', 'failed'],
    ['processing', 'cancel', 'failed'],
  ] as const)('that is %s is, after %s, %s', (from, step, to) => {
    const byHandle = requestIn(from);
    byHandle.request[step]();
    expect(byHandle.request.state).toBe(to);
    const byId = requestIn(from);
    byId.tracker[step]('r');
    expect(byId.request.state).toBe(to);
  });

  const over = 'it is over: start another request';
  it.each<[keyof typeof STEPS, Step, string, readonly string[]]>([
    [
      'pending',
      'complete',
      'request "r" is pending and cannot become completed; allowed: processing, failed; call process() first',
      ['processing', 'failed'],
    ],
    [
      'processing',
      'process',
      'request "r" is processing and cannot become processing; allowed: completed, failed',
      ['completed', 'failed'],
    ],
    ['completed', 'process', `request "r" is completed and cannot become processing; ${over}`, []],
    ['completed', 'complete', `request "r" is completed and cannot become completed; ${over}`, []],
    ['completed', 'fail', `request "r" is completed and cannot become failed; ${over}`, []],
    ['completed', 'cancel', `request "r" is completed and cannot become failed; ${over}`, []],
    ['failed', 'process', `request "r" is failed (error) and cannot become processing; ${over}`, []],
    ['failed', 'complete', `request "r" is failed (error) and cannot become completed; ${over}`, []],
    ['failed', 'fail', `request "r" is failed (error) and cannot become failed; ${over}`, []],
    ['cancelled', 'cancel', `request "r" is failed (cancelled) and cannot become failed; ${over}`, []],
  ])('that is %s refuses %s, says why, and is not changed', (from, step, message, allowed) => {
    const { tracker, request } = requestIn(from);
    const before = tracker.get('r');
    const counts = tracker.counts();
    for (const action of [() => request[step](), () => tracker[step]('r')]) {
      const error = thrownBy(action);
      expect(error).toBeInstanceOf(IllegalTransitionError);
      expect(error).toMatchObject({ name: 'IllegalTransitionError', message, requestId: 'r', allowed });
    }
    expect(tracker.get('r')).toEqual(before);
    expect(tracker.counts()).toEqual(counts);
  });

  it('tells in the error what it was and what it was to become', () => {
    const { request } = requestIn('completed');
    expect(thrownBy(() => request.fail())).toMatchObject({ from: 'completed', to: 'failed', requestId: 'r' });
  });

  it('takes time in each state by the clock that never goes back', () => {
    const { tracker, host } = testedTracker();
    const request = tracker.start({ operation: 'work', id: 'r' });
    host.advance(30);
    expect(tracker.get('r')).toMatchObject({ state: 'pending', pendingMillis: 30, durationMillis: 30 });
    request.process();
    host.advance(12);
    expect(tracker.get('r')).toMatchObject({ state: 'processing', pendingMillis: 30, durationMillis: 42 });
    request.complete();
    host.advance(1000);
    expect(tracker.get('r')).toEqual({
      id: 'r',
      sequence: 1,
      operation: 'work',
      state: 'completed',
      attributes: {},
      startedAt: '2026-11-27T00:00:00.000Z',
      pendingMillis: 30,
      durationMillis: 42,
    });
  });

  it('that fails while it is pending was pending until then', () => {
    const { tracker, host } = testedTracker();
    const request = tracker.start({ operation: 'work', id: 'r' });
    host.advance(7);
    request.fail();
    host.advance(7);
    expect(tracker.get('r')).toMatchObject({ pendingMillis: 7, durationMillis: 7, failure: { reason: 'error' } });
  });

  it('is itself after process(), so that it can be started and processed in one line', () => {
    const request = testedTracker().tracker.start({ operation: 'work' });
    expect(request.process()).toBe(request);
    expect(request.state).toBe('processing');
  });

  it('that was asked for does not change any more', () => {
    const { tracker } = testedTracker();
    const request = tracker.start({ operation: 'work', id: 'r', attributes: { a: 1 } });
    const before = tracker.get('r');
    request.update({ operation: 'other', attributes: { a: 2 } }).process();
    expect(before).toMatchObject({ operation: 'work', state: 'pending', attributes: { a: 1 } });
  });
});

describe('a request that was given up', () => {
  const givenUp = {
    'for its age': () => {
      const tested = testedTracker({ maxDurationMillis: HOUR });
      const request = tested.tracker.start({ operation: 'long', id: 'r' }).process();
      tested.host.advance(2 * HOUR);
      return { ...tested, request };
    },
    'for want of room': () => {
      const tested = testedTracker({ maxRequests: 1 });
      const request = tested.tracker.start({ operation: 'long', id: 'r' }).process();
      tested.tracker.start({ operation: 'other' });
      return { ...tested, request };
    },
  };
  const ends = ['complete', 'fail', 'cancel'] as const;

  it.each(Object.entries(givenUp))('%s may still be ended by who works on it, which does nothing', (_, give) => {
    const { tracker, request } = give();
    const told: string[] = [];
    tracker.listen({ finished: ({ id }) => told.push(id) });
    const [counts, before] = [tracker.counts(), tracker.get('r')];
    expect(counts).toMatchObject({ failed: 1, abandoned: 1 });
    for (const end of ends) request[end]();
    expect([tracker.counts(), tracker.get('r'), request.state, told]).toEqual([counts, before, 'failed', []]);
  });

  it('may still be ended by its ID while it is kept, and is unknown after', () => {
    const kept = givenUp['for its age']();
    const before = kept.tracker.get('r');
    expect(before).toMatchObject({ state: 'failed', failure: { reason: 'abandoned' } });
    for (const end of ends) kept.tracker[end]('r');
    expect(kept.tracker.get('r')).toEqual(before);
    const evicted = givenUp['for want of room']();
    for (const end of ends) expect(() => evicted.tracker[end]('r')).toThrow(UnknownRequestError);
  });

  it('may be worked on by who waited for long, which does nothing', () => {
    const { host, tracker } = testedTracker({ maxDurationMillis: HOUR });
    const request = tracker.start({ operation: 'queued', id: 'r' });
    host.advance(2 * HOUR);
    const before = tracker.get('r');
    expect(before).toMatchObject({ state: 'failed', failure: { reason: 'abandoned' } });
    expect(request.process()).toBe(request);
    tracker.process('r');
    expect(tracker.get('r')).toEqual(before);
  });
});
