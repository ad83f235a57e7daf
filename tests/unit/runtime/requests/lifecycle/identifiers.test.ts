import { describe, expect, it } from 'vitest';
import { DuplicateRequestError } from '../../../../../runtime/src/requests/lifecycle/duplicateRequestError.ts';
import { UnknownRequestError } from '../../../../../runtime/src/requests/lifecycle/unknownRequestError.ts';
import type { StartRequest } from '../../../../../runtime/src/requests/startRequest.ts';
import { testedTracker } from '../support/trackerFixture.ts';

describe('the ID of a request', () => {
  it('is made where none is given: of the tracker and the number', () => {
    const { tracker } = testedTracker({}, { random: () => 0.5 });
    expect(tracker.start({ operation: 'a' }).id).toBe('i0000000-1');
    expect(tracker.start({ operation: 'a', id: '' }).id).toBe('i0000000-2');
    for (let number = 3; number < 36; number += 1) tracker.start({ operation: 'a' });
    expect(tracker.start({ operation: 'a' }).id).toBe('i0000000-10');
  });

  it('is refused where a request of it is kept, and nothing is changed', () => {
    const { tracker } = testedTracker();
    tracker.start({ operation: 'first', id: 'r', userId: 'ann' });
    const counts = tracker.counts();
    const again = (): unknown => tracker.start({ operation: 'second', id: 'r', userId: 'bob' });
    expect(again).toThrow(DuplicateRequestError);
    expect(again).toThrow(
      'a request has the ID "r" already; leave out the ID and one is made, or keep it as an attribute where others choose it',
    );
    expect(tracker.get('r')).toMatchObject({ operation: 'first', userId: 'ann' });
    expect(tracker.counts()).toEqual(counts);
    expect(tracker.find().requests).toHaveLength(1);
  });

  it('is refused after the end of its request, too, and free once that was let go of', () => {
    const { tracker } = testedTracker({ maxRequests: 1 });
    tracker.start({ operation: 'a', id: 'r' }).process().complete();
    expect(() => tracker.start({ operation: 'a', id: 'r' })).toThrow(DuplicateRequestError);
    tracker.start({ operation: 'a', id: 'other' }).process().complete();
    expect(tracker.start({ operation: 'b', id: 'r' }).id).toBe('r');
    expect(tracker.get('r')).toMatchObject({ operation: 'b', state: 'pending' });
  });

  it('that is made is never one that somebody has chosen', () => {
    const { tracker } = testedTracker();
    tracker.start({ operation: 'guess', id: '00000000-2' });
    const made = tracker.start({ operation: 'made' });
    expect(made.id).toBe('00000000-2+');
    expect(tracker.get('00000000-2')?.operation).toBe('guess');
    expect(tracker.get(made.id)?.operation).toBe('made');
    expect(tracker.counts()).toMatchObject({ started: 2, kept: 2 });
  });

  it.each(['process', 'complete', 'fail', 'cancel'] as const)('that is not known is refused by %s', (step) => {
    const { tracker } = testedTracker();
    const act = (): void => tracker[step]('no\n"such');
    expect(act).toThrow(UnknownRequestError);
    expect(act).toThrow(
      'no request has the ID "no\\n\\"such": it was never started here, or it ended and was cleaned up since ' +
        '(maxAgeMillis, maxRequests, maxBytes)',
    );
    expect(tracker.get('no\n"such')).toBeUndefined();
  });

  it('of a request that was let go of is not known any more', () => {
    const { tracker } = testedTracker({ maxRequests: 1 });
    const first = tracker.start({ operation: 'a', id: 'first' });
    tracker.start({ operation: 'a', id: 'second' });
    expect(() => tracker.complete('first')).toThrow(UnknownRequestError);
    expect(first.state).toBe('failed');
    expect(tracker.counts()).toMatchObject({ completed: 0, failed: 1, abandoned: 1, unfinished: 1 });
  });

  it('that is longer than 200 characters is found as it was given', () => {
    const { tracker } = testedTracker();
    const id = 'i'.repeat(500);
    const request = tracker.start({ operation: 'a', id });
    expect(request.id).toBe(`${'i'.repeat(199)}…`);
    tracker.process(id);
    tracker.complete(id);
    expect(tracker.get(id)?.state).toBe('completed');
    expect(tracker.get(request.id)?.state).toBe('completed');
    expect(() => tracker.start({ operation: 'a', id })).toThrow(DuplicateRequestError);
  });

  it('may be the name of what every object has', () => {
    const { tracker } = testedTracker();
    for (const id of ['__proto__', 'constructor', 'toString']) {
      expect(tracker.get(id)).toBeUndefined();
      tracker.start({ operation: id, id, userId: id, agentId: id }).process().complete();
      expect(tracker.get(id)).toMatchObject({ operation: id, userId: id, agentId: id });
      expect(tracker.statistics.read({ operation: id })?.count).toBe(1);
      expect(tracker.statistics.read({ userId: id })?.count).toBe(1);
      expect(tracker.find({ agentId: id }).requests).toHaveLength(1);
    }
  });

  it('of half a surrogate pair is one and the same at its start and when it is looked for', () => {
    const { tracker } = testedTracker();
    const id = `half \ud83d of a longer text`;
    tracker.start({ operation: 'a', id });
    expect(tracker.get(id)?.id).toBe('half \ufffd of a longer text');
  });
});

describe('names', () => {
  it('that are no texts are not known', () => {
    const { tracker } = testedTracker();
    const hostile: unknown = { operation: 7, id: {}, userId: [], agentId: null, parentId: 3 };
    const { id } = tracker.start(hostile as StartRequest);
    expect(id).toBe('00000000-1');
    expect(tracker.get(id)).toEqual({
      id,
      sequence: 1,
      operation: '(unnamed)',
      state: 'pending',
      attributes: {},
      startedAt: '2026-11-27T00:00:00.000Z',
      pendingMillis: 0,
      durationMillis: 0,
    });
  });

  it('are cut to 200 characters, and found by what was given', () => {
    const { tracker } = testedTracker();
    const [operation, userId, agentId, parentId] = ['o', 'u', 'a', 'p'].map((letter) => letter.repeat(300)) as [
      string,
      string,
      string,
      string,
    ];
    tracker.start({ operation, userId, agentId, parentId }).process().complete();
    expect(tracker.find().requests[0]).toMatchObject({
      operation: `${'o'.repeat(199)}…`,
      userId: `${'u'.repeat(199)}…`,
      agentId: `${'a'.repeat(199)}…`,
      parentId: `${'p'.repeat(199)}…`,
    });
    expect(tracker.find({ operation, userId, agentId, parentId }).requests).toHaveLength(1);
    expect(tracker.readFinished({ filter: { operation, userId } }).requests).toHaveLength(1);
    for (const query of [{ operation }, { userId }, { agentId }]) expect(tracker.statistics.read(query)?.count).toBe(1);
    expect(tracker.statistics.slowest({ operation })).toHaveLength(1);
    expect(tracker.statistics.sample({ operation })[0]?.requests).toHaveLength(1);
  });
});

describe('an ID in the message of an error', () => {
  const long = 'x'.repeat(1_000_000);
  const cut = `"${'x'.repeat(199)}…"`;
  const thrownBy = (action: () => unknown): Error => {
    try {
      action();
    } catch (error) {
      if (error instanceof Error) return error;
    }
    throw new Error('nothing was thrown');
  };

  it.each([
    [long, cut],
    ['a\nroot logged in', '"a\\nroot logged in"'],
    ['\u001b[31mred', '"\\u001b[31mred"'],
  ])('is cut and escaped', (id, shown) => {
    const { tracker } = testedTracker();
    expect(thrownBy(() => tracker.complete(id)).message).toContain(`no request has the ID ${shown}: `);
    const request = tracker.start({ operation: 'a', id });
    expect(thrownBy(() => tracker.start({ operation: 'a', id })).message).toContain(`the ID ${shown} already`);
    expect(thrownBy(() => request.complete()).message).toMatch(`request ${shown} is pending and cannot`);
  });

  it('is kept in the error no longer than it would be of a request', () => {
    const { tracker } = testedTracker();
    expect(thrownBy(() => tracker.complete(long))).toMatchObject({ requestId: `${'x'.repeat(199)}…` });
  });

  it.each<[unknown, string]>([
    [5n, '"5n"'],
    [5, '"5"'],
    [undefined, '"undefined"'],
    [Symbol('id'), '"Symbol(id)"'],
    [{ toString: () => 'r' }, '"{\\"toString\\":[function]}"'],
  ])('may be of callers without types: %s', (given, shown) => {
    const { tracker } = testedTracker();
    tracker.start({ operation: 'a', id: 'r' });
    const id = given as string;
    for (const step of ['process', 'complete', 'fail', 'cancel'] as const) {
      const error = thrownBy(() => tracker[step](id));
      expect(error).toBeInstanceOf(UnknownRequestError);
      expect(error.message).toContain(`no request has the ID ${shown}: `);
    }
    expect(tracker.get(id)).toBeUndefined();
  });

  it.each(['window', 'dimension', 'state', 'limit'] as const)('or any other text: a %s', (what) => {
    const { statistics } = testedTracker().tracker;
    const refused = (given: never): unknown =>
      ({
        window: () => statistics.read({ window: given }),
        dimension: () => statistics.by(given),
        state: () => statistics.unfinished(given),
        limit: () => statistics.slowest({ limit: given }),
      })[what]();
    expect(thrownBy(() => refused(5n as never))).toBeInstanceOf(RangeError);
    expect(thrownBy(() => refused(`a\n${long}` as never)).message).toMatch(/"a\\nx{197}…"/);
  });
});
