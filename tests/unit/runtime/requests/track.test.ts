import { afterEach, describe, expect, it, vi } from 'vitest';
import { RequestTracker } from '../../../../runtime/src/requests/requestTracker.ts';
import { track } from '../../../../runtime/src/requests/track.ts';
import { FakeHost } from '../../../support/fakeHost.ts';

function trackerWithClock() {
  const host = new FakeHost();
  const tracker = new RequestTracker({}, { host, currentTrace: () => undefined });
  const only = () => {
    const { requests } = tracker.find();
    expect(requests).toHaveLength(1);
    return requests[0];
  };
  return { host, tracker, only };
}

function add(this: unknown, first: number, second = 1): number {
  return first + second;
}

afterEach(() => void vi.restoreAllMocks());

describe('track', () => {
  it('behaves as the function: this, arguments, result, name, length and properties', () => {
    const { tracker } = trackerWithClock();
    const self = {};
    const original = Object.assign(
      function place(this: unknown, ...args: [number, number?]) {
        return [this, args];
      },
      { unit: 'EUR' },
    );
    const tracked = track(tracker, original);
    expect(tracked.call(self, 1, 2)).toEqual([self, [1, 2]]);
    expect(Reflect.apply(tracked, self, [1])).toEqual([self, [1]]);
    expect([tracked.name, tracked.length, tracked.unit]).toEqual(['place', 0, 'EUR']);
    expect([track(tracker, add).name, track(tracker, add).length]).toEqual(['add', 1]);
  });

  it('makes a request of a call: named by the function, current in it, completed when it returns', () => {
    const { host, tracker, only } = trackerWithClock();
    const states: unknown[] = [];
    track(tracker, function placeOrder() {
      host.advance(5);
      states.push(tracker.current()?.state);
    })();
    expect(states).toEqual(['processing']);
    expect(tracker.current()).toBeUndefined();
    expect(only()).toMatchObject({ operation: 'placeOrder', state: 'completed', durationMillis: 5, pendingMillis: 0 });
  });

  it('calls what has no name anonymous, and what is given a name by that', () => {
    const { tracker } = trackerWithClock();
    track(
      tracker,
      (
        () => () =>
          1
      )(),
    )();
    track(tracker, add, { operation: 'sum' })(1);
    expect(tracker.find().requests.map(({ operation }) => operation)).toEqual(['sum', 'anonymous']);
  });

  it('makes calls within calls parts of each other', () => {
    const { tracker } = trackerWithClock();
    const inner = track(tracker, add, { operation: 'inner' });
    track(tracker, () => inner(1), { operation: 'outer' })();
    const [second, first] = tracker.find().requests;
    expect([first?.operation, second?.operation, second?.parentId]).toEqual(['outer', 'inner', first?.id]);
  });

  it('fails with what is thrown, which it throws on', () => {
    const { tracker, only } = trackerWithClock();
    const error = new TypeError('no');
    const tracked = track(tracker, () => {
      throw error;
    });
    expect(tracked).toThrow(error);
    expect(only()).toMatchObject({ state: 'failed', failure: { reason: 'error', type: 'TypeError' } });
  });

  it('ends with the promise of an async function, and keeps the request through awaits', async () => {
    const { host, tracker, only } = trackerWithClock();
    const tracked = track(tracker, async function later(value: number) {
      await Promise.resolve();
      host.advance(7);
      return [value, tracker.current()?.operation];
    });
    const promise = tracked(3);
    expect(only()?.state).toBe('processing');
    expect(await promise).toEqual([3, 'later']);
    expect(only()).toMatchObject({ state: 'completed', durationMillis: 7 });
  });

  it('fails with the rejection of an async function, which stays the one that nobody handles', async () => {
    const { tracker, only } = trackerWithClock();
    const unhandled: unknown[] = [];
    const note = (error: unknown): void => void unhandled.push(error);
    const before = process.listeners('unhandledRejection');
    process.removeAllListeners('unhandledRejection').on('unhandledRejection', note);
    const error = new DOMException('gone', 'AbortError');
    const tracked = track(tracker, async () => {
      await Promise.resolve();
      throw error;
    });
    void tracked();
    await new Promise((resolve) => setTimeout(resolve, 5));
    await expect(tracked()).rejects.toBe(error);
    await new Promise((resolve) => setTimeout(resolve, 5));
    process.removeListener('unhandledRejection', note);
    for (const listener of before) process.on('unhandledRejection', listener);
    expect(unhandled).toEqual([error]);
    expect(tracker.find().requests.map(({ failure }) => failure)).toEqual([
      { reason: 'cancelled', type: 'AbortError' },
      { reason: 'cancelled', type: 'AbortError' },
    ]);
    expect(only).toThrow();
  });

  it('returns the very promise of a function that is not async, and ends with it', async () => {
    const { tracker, only } = trackerWithClock();
    let resolve: (value: number) => void = () => undefined;
    const promise = new Promise<number>((settle) => (resolve = settle));
    expect(track(tracker, () => promise)()).toBe(promise);
    expect(only()?.state).toBe('processing');
    resolve(1);
    await promise;
    expect(only()?.state).toBe('completed');
  });

  it('returns a thenable as it is, without asking for its outcome', () => {
    const { tracker, only } = trackerWithClock();
    const then = vi.fn();
    const query = { then };
    expect(track(tracker, () => query)()).toBe(query);
    expect(then).not.toHaveBeenCalled();
    expect(only()?.state).toBe('completed');
  });

  it('knows what the hooks tell from the arguments', () => {
    const { tracker, only } = trackerWithClock();
    track(tracker, (order: { user: string; bot: string; lines: number }) => order.lines, {
      userId: ({ user }) => user,
      agentId: ({ bot }) => bot,
      attributes: ({ lines }) => ({ lines, password: 'hunter2' }),
    })({ user: 'ann', bot: 'till', lines: 2 });
    expect(only()).toMatchObject({ userId: 'ann', agentId: 'till' });
    expect(only()?.attributes).toEqual({ lines: 2, password: '[redacted]' });
  });

  it('is a part of the request that parentId names, and of the current one where it names none', () => {
    const { tracker } = trackerWithClock();
    const tracked = track(tracker, add, { parentId: (first) => (first === 1 ? 'other' : undefined) });
    const outer = tracker.start({ operation: 'outer', id: 'current' });
    outer.run(() => tracked(1));
    outer.run(() => tracked(2));
    expect(tracker.find().requests.map(({ parentId }) => parentId)).toEqual(['current', 'other', undefined]);
  });

  it('lacks what a hook that throws would have told', () => {
    const { tracker, only } = trackerWithClock();
    const refuse = (): never => {
      throw new Error('no');
    };
    expect(track(tracker, add, { userId: refuse, agentId: () => 'till', attributes: refuse })(1, 1)).toBe(2);
    expect(only()).toMatchObject({ agentId: 'till', attributes: {}, state: 'completed' });
    expect(only()).not.toHaveProperty('userId');
  });

  it.each(['start', 'run'])('calls the function once where the tracker fails to %s', (method) => {
    const { tracker } = trackerWithClock();
    const request = tracker.start({ operation: 'any' });
    const fail = () => {
      throw new Error('broken');
    };
    if (method === 'run') vi.spyOn(request, 'run').mockImplementation(fail);
    vi.spyOn(tracker, 'start').mockImplementation(method === 'start' ? fail : () => request);
    const fn = vi.fn((value: number) => value + 1);
    expect(track(tracker, fn)(1)).toBe(2);
    expect(fn).toHaveBeenCalledTimes(1);
  });

  it('leaves a request alone that the function has ended', () => {
    const { tracker, only } = trackerWithClock();
    expect(track(tracker, () => tracker.current()?.fail({ type: 'out of stock' }))()).toBeUndefined();
    expect(only()?.failure).toEqual({ reason: 'error', type: 'out of stock' });
    expect(tracker.counts()).toMatchObject({ started: 1, completed: 0, failed: 1 });
  });
});
