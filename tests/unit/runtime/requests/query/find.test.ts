// @spec S3.2
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { REQUEST_STATES } from '../../../../../runtime/src/requests/lifecycle/requestState.ts';
import type { RequestFilter } from '../../../../../runtime/src/requests/query/requestFilter.ts';
import type { RequestSnapshot } from '../../../../../runtime/src/requests/requestSnapshot.ts';
import type { RequestTracker } from '../../../../../runtime/src/requests/requestTracker.ts';
import { idsOf, testedTracker, type TestedTracker, WALL_START } from '../support/trackerFixture.ts';

const few = fc.constantFrom('a', 'b', 'c');
const perhaps = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined });
const starts = fc.array(
  fc.record({
    operation: few,
    userId: perhaps(few),
    agentId: perhaps(few),
    parentId: perhaps(few),
    renamed: perhaps(few),
    end: fc.constantFrom('none', 'process', 'complete', 'fail', 'cancel'),
    millis: fc.nat(20),
  }),
  { maxLength: 60, size: 'max' },
);
const filters: fc.Arbitrary<RequestFilter> = fc.record(
  {
    operation: few,
    userId: few,
    agentId: few,
    parentId: few,
    traceId: fc.constantFrom('1'.repeat(32), '2'.repeat(32)),
    spanId: fc.constantFrom('1'.repeat(16), '2'.repeat(16)),
    state: fc.constantFrom(...REQUEST_STATES),
    failureReason: fc.constantFrom('error', 'cancelled', 'abandoned'),
    startedFromMillis: fc.nat(600).map((millis) => WALL_START + millis),
    startedBeforeMillis: fc.nat(600).map((millis) => WALL_START + millis),
    minDurationMillis: fc.nat(40),
  },
  { requiredKeys: [] },
);

type Starts = typeof starts extends fc.Arbitrary<infer T> ? T : never;

/** A tracker in which all of it has happened, each with one of two traces or none. */
function trackerAfter(given: Starts, maxRequests: number): TestedTracker {
  let number = 0;
  const currentTrace = () => {
    number += 1;
    return number % 3 === 0
      ? undefined
      : { traceId: String(number % 3).repeat(32), spanId: String((number % 2) + 1).repeat(16), sampled: true };
  };
  const tested = testedTracker({ maxRequests }, { currentTrace });
  for (const { operation, userId, agentId, parentId, renamed, end, millis } of given) {
    const request = tested.tracker.start({
      operation,
      ...(userId !== undefined && { userId }),
      ...(agentId !== undefined && { agentId }),
      ...(parentId !== undefined && { parentId }),
    });
    if (renamed !== undefined) request.update({ operation: renamed, userId: renamed });
    tested.host.advance(millis);
    if (end === 'process' || end === 'complete') request.process();
    if (end === 'complete') request.complete();
    if (end === 'fail' || end === 'cancel') request[end]();
  }
  return tested;
}

/** Whether a request is like all that is asked for, told from nothing but what is shown of it. */
function isAskedFor(request: RequestSnapshot, filter: RequestFilter): boolean {
  const { startedFromMillis, startedBeforeMillis, minDurationMillis, failureReason, ...same } = filter;
  const startedMillis = Date.parse(request.startedAt);
  return (
    Object.entries(same).every(([key, value]) => Reflect.get(request, key) === value) &&
    (failureReason === undefined || request.failure?.reason === failureReason) &&
    (startedFromMillis === undefined || startedMillis >= startedFromMillis) &&
    (startedBeforeMillis === undefined || startedMillis < startedBeforeMillis) &&
    (minDurationMillis === undefined || request.durationMillis >= minDurationMillis)
  );
}

/** All pages, one after the other. */
function allPages(tracker: RequestTracker, filter: RequestFilter, limit: number): readonly RequestSnapshot[] {
  const requests: RequestSnapshot[] = [];
  let cursor: string | undefined;
  do {
    const page = tracker.find(filter, { limit, ...(cursor !== undefined && { cursor }) });
    expect(page.requests.length).toBeLessThanOrEqual(limit);
    if (page.nextCursor !== undefined) expect(page.requests).toHaveLength(limit);
    requests.push(...page.requests);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return requests;
}

describe('find', () => {
  it('finds by every filter, on pages of any length, what looking at each request finds', () => {
    fc.assert(
      fc.property(
        starts,
        filters,
        fc.integer({ min: 1, max: 9 }),
        fc.constantFrom(5, 1000),
        (given, filter, limit, most) => {
          const { tracker } = trackerAfter(given, most);
          const all = tracker.find({}, { limit: 1000 }).requests;
          expect(all).toHaveLength(tracker.counts().kept);
          expect(all.map(({ sequence }) => sequence)).toEqual(
            all.map(({ sequence }) => sequence).sort((a, b) => b - a),
          );
          expect(allPages(tracker, filter, limit)).toEqual(all.filter((request) => isAskedFor(request, filter)));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('shows each request as get shows it', () => {
    const { tracker } = trackerAfter([], 10);
    tracker.start({ operation: 'a', id: 'r', attributes: { a: 1 } });
    expect(tracker.find().requests).toEqual([tracker.get('r')]);
  });

  it('takes times from the given one on, and before the other, and durations from the given one on', () => {
    const { tracker, host } = testedTracker();
    tracker.start({ operation: 'a', id: '1' });
    host.advance(5);
    tracker.start({ operation: 'a', id: '2' });
    host.advance(5);
    const found = (filter: RequestFilter): readonly string[] => idsOf(tracker.find(filter).requests);
    expect(found({ startedFromMillis: WALL_START })).toEqual(['2', '1']);
    expect(found({ startedFromMillis: WALL_START + 1 })).toEqual(['2']);
    expect(found({ startedBeforeMillis: WALL_START + 5 })).toEqual(['1']);
    expect(found({ minDurationMillis: 5 })).toEqual(['2', '1']);
    expect(found({ minDurationMillis: 6 })).toEqual(['1']);
  });

  it('pages are not shifted by requests that start and end meanwhile', () => {
    const { tracker } = testedTracker();
    const start = (id: string) => tracker.start({ operation: 'a', userId: 'ann', id }).process();
    const started = ['1', '2', '3', '4', '5', '6'].map(start);
    const first = tracker.find({ userId: 'ann' }, { limit: 2 });
    expect(idsOf(first.requests)).toEqual(['6', '5']);
    start('7');
    for (const request of started) request.complete();
    start('8');
    const cursor = first.nextCursor ?? '';
    expect(idsOf(tracker.find({ userId: 'ann' }, { limit: 2, cursor }).requests)).toEqual(['4', '3']);
    expect(idsOf(tracker.find({ userId: 'ann' }, { limit: 2, cursor }).requests)).toEqual(['4', '3']);
  });

  it('pages go on where requests were let go of meanwhile, also the one that the cursor is at', () => {
    const { tracker } = testedTracker({ maxRequests: 6 });
    const start = (id: string) => tracker.start({ operation: 'a', id }).process();
    const started = ['1', '2', '3', '4', '5', '6'].map(start);
    const { nextCursor = '' } = tracker.find({}, { limit: 2 });
    for (const index of [4, 3, 0]) started[index]?.complete();
    for (const id of ['7', '8', '9']) start(id);
    expect(idsOf(tracker.find({}, { cursor: nextCursor }).requests)).toEqual(['3', '2']);
  });

  it('has no further page where a page ends with the last request', () => {
    const { tracker } = testedTracker();
    for (const operation of ['a', 'a', 'b', 'b']) tracker.start({ operation });
    expect(tracker.find({ operation: 'b' }, { limit: 2 }).nextCursor).toBeUndefined();
    expect(tracker.find({ operation: 'b' }, { limit: 1 }).nextCursor).toBe('00000000.start.4');
    expect(tracker.find({}, { limit: 4 }).nextCursor).toBeUndefined();
  });

  it.each([0, -1, 1.5, 1001, Number.NaN, Number.POSITIVE_INFINITY])('refuses a limit of %d', (limit) => {
    const { tracker } = testedTracker();
    const message = `limit is ${limit}; allowed: a whole number from 1 to 1000`;
    expect(() => tracker.find({}, { limit })).toThrow(new RangeError(message));
    expect(() => tracker.readFinished({ limit })).toThrow(new RangeError(message));
    expect(() => tracker.statistics.slowest({ limit })).toThrow(new RangeError(message));
  });

  it('gives 50 requests where no limit is given', () => {
    const { tracker } = testedTracker();
    for (let number = 0; number < 60; number += 1) tracker.start({ operation: 'a' });
    expect(tracker.find().requests).toHaveLength(50);
  });

  it.each<[string, object, string]>([
    [
      'keys that are none',
      { usr: 'x', operation: 'a', __proto__x: 1, 'a\nb': undefined },
      'a filter has no "usr", "__proto__x", "a\\nb"; allowed: operation, userId, agentId, parentId, traceId, spanId, state, ' +
        'failureReason, failureType, cancelled, sampled, startedFromMillis, startedBeforeMillis, minDurationMillis, maxDurationMillis',
    ],
    ['a key of every object', { constructor: 'x' }, 'a filter has no "constructor"; allowed: '],
    [
      'a state that is none',
      { state: 'cancelled' },
      'state is "cancelled"; allowed: pending, processing, completed, failed',
    ],
    [
      'a reason that is none',
      { failureReason: 5n },
      'failureReason is "5n"; allowed: error, cancelled, timeout, abandoned',
    ],
  ])('refuses %s, by which everything or nothing would be found', (_, filter, message) => {
    const { tracker } = testedTracker();
    tracker.start({ operation: 'a' }).fail();
    for (const ask of [() => tracker.find(filter), () => tracker.readFinished({ filter })]) {
      expect(ask).toThrow(RangeError);
      expect(ask).toThrow(message);
    }
  });

  it('takes what is undefined in a filter for left out', () => {
    const { tracker } = testedTracker();
    tracker.start({ operation: 'a' });
    const filter = Object.fromEntries(['state', 'failureReason', 'userId'].map((key) => [key, undefined]));
    expect(tracker.find(filter).requests).toHaveLength(1);
  });
});
