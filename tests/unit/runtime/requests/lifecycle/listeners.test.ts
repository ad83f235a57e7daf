import { describe, expect, it, vi } from 'vitest';
import type { RequestListener } from '../../../../../runtime/src/requests/requestListener.ts';
import { RequestTracker } from '../../../../../runtime/src/requests/requestTracker.ts';
import { FakeHost, settle } from '../../../../support/fakeHost.ts';
import { HOUR, idsOf, MINUTE, testedTracker } from '../support/trackerFixture.ts';

describe('a listener', () => {
  it('is told of starts and ends, as they are then', () => {
    const { tracker, host } = testedTracker();
    const told: unknown[] = [];
    tracker.listen({
      started: ({ id, state }) => told.push(['started', id, state]),
      finished: ({ id, state, durationMillis, failure }) => told.push(['finished', id, state, durationMillis, failure]),
    });
    const request = tracker.start({ operation: 'work', id: 'r' }).process();
    host.advance(5);
    request.complete();
    tracker.start({ operation: 'work', id: 's' }).cancel();
    expect(told).toEqual([
      ['started', 'r', 'pending'],
      ['finished', 'r', 'completed', 5, undefined],
      ['started', 's', 'pending'],
      ['finished', 's', 'failed', 0, { reason: 'cancelled' }],
    ]);
  });

  it('cannot change what others are told', () => {
    const { tracker, host, errors } = testedTracker({ stuckAfterMillis: MINUTE });
    const change = (request: object): void => void Object.assign(request, { operation: 'changed' });
    const operations: string[] = [];
    const note = ({ operation }: { readonly operation: string }): void => void operations.push(operation);
    tracker.listen({ started: change, finished: change, stuck: change });
    tracker.listen({ started: note, finished: note, stuck: note });
    const request = tracker.start({ operation: 'work' });
    host.advance(2 * MINUTE);
    request.fail();
    expect(operations).toEqual(['work', 'work', 'work']);
    expect(errors).toHaveLength(3);
  });

  it('that was given twice is told twice, and each time is ended by itself', () => {
    const { tracker } = testedTracker();
    const started = vi.fn();
    const listener: RequestListener = { started };
    const [end, endOther] = [tracker.listen(listener), tracker.listen(listener)];
    tracker.start({ operation: 'work' });
    expect(started).toHaveBeenCalledTimes(2);
    end();
    end();
    tracker.start({ operation: 'work' });
    expect(started).toHaveBeenCalledTimes(3);
    endOther();
    tracker.start({ operation: 'work' });
    expect(started).toHaveBeenCalledTimes(3);
  });

  it('that is an object of a class keeps its this', () => {
    class Counting implements RequestListener {
      count = 0;
      started(): void {
        this.count += 1;
      }
    }
    const { tracker } = testedTracker();
    const counting = new Counting();
    tracker.listen(counting);
    tracker.start({ operation: 'work' });
    expect(counting.count).toBe(1);
  });

  it('that throws goes to onError, and disturbs neither the request nor other listeners', () => {
    const { tracker, host, errors } = testedTracker({ stuckAfterMillis: MINUTE, maxDurationMillis: HOUR });
    const error = new Error('broken');
    const fail = (): never => {
      throw error;
    };
    const other = vi.fn();
    tracker.listen({ started: fail, finished: fail, stuck: fail });
    tracker.listen({ started: other, finished: other, stuck: other });
    const request = tracker.start({ operation: 'work' }).process();
    host.advance(2 * MINUTE);
    request.complete();
    expect(errors).toEqual([error, error, error]);
    expect(other).toHaveBeenCalledTimes(3);
    expect(tracker.counts()).toMatchObject({ completed: 1, unfinished: 0 });
  });

  it('that throws what is no error, or fails later, goes to onError too', async () => {
    const { tracker, errors } = testedTracker();
    tracker.listen({
      started: () => {
        // eslint-disable-next-line @typescript-eslint/only-throw-error -- what a careless listener does
        throw 'a text';
      },
      // eslint-disable-next-line @typescript-eslint/no-misused-promises -- likewise
      finished: async () => {
        await Promise.resolve();
        throw new Error('later');
      },
    });
    tracker.start({ operation: 'work' }).fail();
    await settle();
    expect(errors.map(({ message }) => message)).toEqual(['a text', 'later']);
  });

  it.each<[string, () => void]>([
    [
      'throws',
      () => {
        throw new Error('onError is broken');
      },
    ],
    ['fails later', () => Promise.reject(new Error('onError is broken'))],
  ])('that throws disturbs nobody where onError %s, too', async (_, onError) => {
    const { tracker } = testedTracker({}, { onError });
    tracker.listen({
      started: () => {
        throw new Error('broken');
      },
    });
    tracker.start({ operation: 'work' }).process().complete();
    await settle();
    expect(tracker.counts().completed).toBe(1);
  });

  it('that throws is warned of at most once a minute where no onError is given', () => {
    const host = new FakeHost();
    const tracker = new RequestTracker({}, { host });
    const error = new Error('broken');
    tracker.listen({
      started: () => {
        throw error;
      },
    });
    for (let number = 0; number < 10; number += 1) tracker.start({ operation: 'work' });
    expect(host.warnings).toEqual([error]);
  });

  it('may start a request while one is given up for it, and every request is counted once', () => {
    const { tracker } = testedTracker({ maxRequests: 2 });
    let left = 5;
    tracker.listen({
      finished: () => {
        if (left === 0) return;
        left -= 1;
        tracker.start({ operation: 'again' });
      },
    });
    for (let number = 0; number < 20; number += 1) tracker.start({ operation: 'work' });
    const { started, kept, evicted, unfinished, completed, failed, abandoned } = tracker.counts();
    expect({ started, kept, unfinished, completed }).toEqual({ started: 25, kept: 2, unfinished: 2, completed: 0 });
    expect(evicted).toEqual({ age: 0, count: 23, memory: 0 });
    expect([failed, abandoned]).toEqual([23, 23]);
    expect(tracker.find().requests).toHaveLength(2);
    expect(tracker.readFinished()).toMatchObject({ requests: [], missed: 23, done: true });
  });

  it('may end other requests while it is told of an end', () => {
    const { tracker } = testedTracker();
    const others = ['a', 'b', 'c'].map((id) => tracker.start({ operation: 'work', id }).process());
    tracker.listen({ finished: () => others.shift()?.complete() });
    others.shift()?.complete();
    expect(idsOf(tracker.readFinished().requests)).toEqual(['a', 'b', 'c']);
    expect(tracker.counts()).toMatchObject({ completed: 3, unfinished: 0 });
  });

  it('that is ended while others are told, or begins, is told from the next time on', () => {
    const { tracker } = testedTracker();
    const late = vi.fn();
    let begun = false;
    tracker.listen({
      started: () => {
        if (!begun) tracker.listen({ started: late });
        begun = true;
      },
    });
    tracker.start({ operation: 'work' });
    expect(late).not.toHaveBeenCalled();
    tracker.start({ operation: 'work' });
    expect(late).toHaveBeenCalledTimes(1);
  });
});
