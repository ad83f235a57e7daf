import { describe, expect, it } from 'vitest';
import { RequestTracker } from '../../../runtime/src/requests/requestTracker.ts';
import { currentErrorRequest } from '../../../runtime/src/watchErrors.ts';
import { FakeHost } from '../../support/fakeHost.ts';

describe('the request that an error shows', () => {
  it('is the one that is worked on, as it is known at the time', () => {
    const requests = new RequestTracker({}, { host: new FakeHost() });
    expect(currentErrorRequest(requests)).toBeUndefined();
    const request = requests.start({ id: 'r1', operation: 'POST /orders' });
    request.run(() => {
      expect(currentErrorRequest(requests)).toEqual({ id: 'r1', operation: 'POST /orders' });
      request.update({ userId: 'ada', agentId: 'shop/7' });
      expect(currentErrorRequest(requests)).toEqual({
        id: 'r1',
        operation: 'POST /orders',
        userId: 'ada',
        agentId: 'shop/7',
      });
    });
    expect(currentErrorRequest(requests)).toBeUndefined();
  });

  it('has the status that it failed with, once it has', () => {
    const requests = new RequestTracker({}, { host: new FakeHost() });
    const request = requests.start({ id: 'r1', operation: 'POST /orders' });
    request.fail({ type: '503' });
    expect(request.run(() => currentErrorRequest(requests))).toEqual({
      id: 'r1',
      operation: 'POST /orders',
      status: 503,
    });
  });

  it('is asked for nothing else: no snapshot is taken for each error', () => {
    const requests = new RequestTracker({}, { host: new FakeHost() });
    const request = requests.start({ operation: 'POST /orders' });
    // It has no `get`.
    expect(currentErrorRequest({ current: () => request })).toEqual({ id: request.id, operation: 'POST /orders' });
  });
});
