import { describe, expect, it } from 'vitest';
import type { TraceContext } from '../../../runtime/src/core/currentTraceContext.ts';
import { RequestFailedError } from '../../../runtime/src/errors/requestFailedError.ts';
import type { FailOptions } from '../../../runtime/src/requests/startRequest.ts';
import { RequestTracker } from '../../../runtime/src/requests/requestTracker.ts';
import { track } from '../../../runtime/src/requests/track.ts';
import { watchErrors } from '../../../runtime/src/watchErrors.ts';
import { traceOf, tracked } from './errors/support/trackerFixture.ts';
import { FakeHost } from '../../support/fakeHost.ts';

/** An error tracker that is told what requests fail with, each of which is started in a trace, if one is given. */
function watched(trace?: TraceContext) {
  const { tracker, event, newest } = tracked();
  const requests = new RequestTracker({}, { host: new FakeHost(), currentTrace: () => trace });
  const end = watchErrors(tracker, { tracing: undefined, requests });
  return { tracker, event, newest, requests, end };
}

/** The same failure of another request: an error is told once. */
function failed({ error, ...failure }: FailOptions): FailOptions {
  if (!(error instanceof Error)) return failure;
  const { stack } = error;
  return { ...failure, error: Object.defineProperty(new Error(error.message), 'stack', { value: stack }) };
}

it('an error that a call of another request fails with is one, with its trace and without, and not one of each', async () => {
  for (const trace of [traceOf('a'), undefined]) {
    const { tracker, requests, event } = watched(trace);
    const inner = track(requests, () => Promise.reject(new TypeError('no stock')), { operation: 'read stock' });
    const outer = track(requests, async () => await inner(), { operation: 'list stock' });
    await expect(track(requests, outer, { operation: 'GET /stock' })()).rejects.toThrow('no stock');
    expect(tracker.groups.counts().errors).toBe(1);
    expect(event()?.request).toMatchObject({ operation: 'read stock' });
    expect(event()?.request).not.toHaveProperty('parentId');
  }
});

it('an answer with a status of 500 is one error with that of the call within that it comes of', () => {
  const { tracker, requests, event } = watched();
  const inner = track(
    requests,
    () => {
      throw new TypeError('no stock');
    },
    { operation: 'read stock' },
  );
  const outer = requests.start({ operation: 'GET /stock' });
  expect(() => outer.run(inner)).toThrow('no stock');
  outer.fail({ type: '500' });
  expect(tracker.groups.counts().errors).toBe(1);
  expect(event()).toMatchObject({ error: { message: 'no stock' }, request: { operation: 'read stock', status: 500 } });
});

describe('what a request failed with', () => {
  it('is told with all that is known of the request, and its trace', () => {
    const { event, requests } = watched(traceOf('a', false));
    const started = { operation: 'GET /stock', id: 'r1', userId: 'ada', agentId: 'shop-app' };
    requests.start(started).fail({ error: new TypeError('no stock'), type: '503' });
    expect(event()).toMatchObject({ source: 'request', isHandled: false, ...traceOf('a', false) });
    expect(event()?.request).toEqual({ ...started, status: 503 });
  });

  it('has no trace where the request had none', () => {
    const { event, requests } = watched();
    requests.start({ operation: 'GET /stock' }).fail({ error: new TypeError('no stock') });
    expect(event()).toMatchObject({ error: { type: 'TypeError' } });
    expect(event()).not.toHaveProperty('traceId');
    expect(event()?.request).toEqual({ id: expect.any(String) as string, operation: 'GET /stock' });
  });

  it.each([
    ['100', 100],
    ['599', 599],
    ['99', undefined],
    ['600', undefined],
  ])('of type %s has the status %s', (type, status) => {
    const { event, requests } = watched();
    requests.start({ operation: 'GET /stock' }).fail({ type });
    expect(event()?.request.status).toBe(status);
    expect(event()?.error).toMatchObject({ type: 'RequestFailedError', code: type });
  });

  it('is why, where nothing else is known', () => {
    const { newest, requests } = watched();
    requests.start({ operation: 'GET /stock' }).fail({ reason: 'timeout' });
    expect(newest()).toMatchObject({ message: 'GET /stock failed: timeout', code: 'timeout' });
  });

  it('is none where nobody waits any more, or the request succeeds', () => {
    const { tracker, requests } = watched();
    requests.start({ operation: 'GET /stock' }).fail({ error: new DOMException('gone', 'AbortError') });
    requests.start({ operation: 'GET /stock' }).process().complete();
    expect(tracker.groups.counts().errors).toBe(0);
  });

  it.each<[string, FailOptions]>([
    ['nothing that was thrown', { type: '503' }],
    ['what a function without a name threw', { error: [() => new Error('no stock')].map((make) => make())[0] }],
  ])('is a group for each operation where it is %s', (_, failure) => {
    const { tracker, requests } = watched();
    const groupsOf = (...operations: readonly string[]): number => {
      for (const operation of operations) requests.start({ operation }).fail(failed(failure));
      return tracker.groups.counts().groups;
    };
    expect(groupsOf('GET /stock', 'GET /orders/:id')).toBe(2);
    expect(groupsOf('GET /orders/:id', 'GET /users')).toBe(3);
  });

  it('is told no more when that is ended', () => {
    const { tracker, requests, end } = watched();
    end();
    requests.start({ operation: 'GET /stock' }).fail({ type: '503' });
    expect(tracker.groups.counts().errors).toBe(0);
  });
});

it.each([
  ['503', 503],
  ['100', 100],
  ['599', 599],
  ['99', undefined],
  ['600', undefined],
  ['timeout', undefined],
])('a RequestFailedError for %s has the status %s, and no stack of places that say nothing', (type, status) => {
  const error = new RequestFailedError('GET /stock', type);
  expect(error.code).toBe(type);
  expect(error.status).toBe(status);
  expect(error.stack).toBe(`RequestFailedError: GET /stock failed: ${type}`);
});
