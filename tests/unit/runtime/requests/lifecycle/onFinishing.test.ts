import { describe, expect, it } from 'vitest';
import type { TrackedRequest } from '../../../../../runtime/src/requests/trackedRequest.ts';
import { HOUR, testedTracker } from '../support/trackerFixture.ts';

const fails = (): never => {
  throw new RangeError('a hook');
};

describe('onFinishing', () => {
  it.each([
    ['completes', (request: TrackedRequest) => request.process().complete()],
    ['fails', (request: TrackedRequest) => request.fail()],
    ['is cancelled', (request: TrackedRequest) => request.cancel()],
  ])('tells of a request what is known only when it %s', (_, end) => {
    const { tracker } = testedTracker();
    const request = tracker.start({ operation: 'GET', onFinishing: () => ({ operation: 'GET /a', userId: 'ann' }) });
    end(request);
    expect(tracker.get(request.id)).toMatchObject({ operation: 'GET /a', userId: 'ann' });
    expect(tracker.statistics.by('operation').map(({ key }) => key)).toContain('GET /a');
  });

  it('is asked once, also of a request that is given up', () => {
    let asked = 0;
    const { tracker, host } = testedTracker({ maxDurationMillis: HOUR });
    const onFinishing = () => ({ attributes: { asked: (asked += 1) } });
    const { id } = tracker.start({ operation: 'GET', onFinishing });
    host.advance(HOUR + 20_000);
    expect(tracker.get(id)).toMatchObject({ failure: { reason: 'abandoned' }, attributes: { asked: 1 } });
    tracker.complete(id);
    expect(asked).toBe(1);
  });

  it('may end the request itself, which then ends once', () => {
    const { tracker } = testedTracker();
    const request: TrackedRequest = tracker.start({
      operation: 'GET',
      onFinishing: () => {
        request.fail({ type: 'own' });
        return undefined;
      },
    });
    request.process().complete();
    expect(tracker.get(request.id)?.failure).toEqual({ reason: 'error', type: 'own' });
    expect(tracker.counts()).toMatchObject({ started: 1, unfinished: 0, completed: 0, failed: 1 });
  });

  it.each([
    ['throws', fails],
    ['rejects', () => Promise.reject(new RangeError('a hook'))],
  ])('that %s is told to onError, and the request ends', async (_, onFinishing: () => unknown) => {
    const { tracker, errors } = testedTracker();
    // A program in JavaScript may give an async function.
    tracker
      .start({ operation: 'GET', onFinishing: onFinishing as () => undefined })
      .process()
      .complete();
    await Promise.resolve();
    expect(errors).toEqual([new RangeError('a hook')]);
    expect(tracker.counts().completed).toBe(1);
  });
});
