import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RequestFilter } from '../../../../../runtime/src/requests/query/requestFilter.ts';
import { endAfter, idsOf, SECOND, testedTracker, type TestedTracker } from '../support/trackerFixture.ts';

/** Runs a search to its end. */
function all<Found>(search: Generator<undefined, Found>): { readonly found: Found; readonly steps: number } {
  let steps = 1;
  for (;;) {
    const { done, value } = search.next();
    if (done === true) return { found: value, steps };
    steps += 1;
  }
}

function finished(tested: TestedTracker, ...query: Parameters<TestedTracker['tracker']['searchFinished']>) {
  return all(tested.tracker.searchFinished(...query)).found;
}

function unfinished(tested: TestedTracker, ...query: Parameters<TestedTracker['tracker']['searchUnfinished']>) {
  return all(tested.tracker.searchUnfinished(...query)).found;
}

describe('a search for finished requests', () => {
  it('finds the one that ended last first, whichever started last', () => {
    const tested = testedTracker();
    const [first, second] = ['first', 'second'].map((id) => tested.tracker.start({ id, operation: 'GET /' }).process());
    second?.complete();
    first?.complete();
    for (const filter of [{}, { operation: 'GET /' }])
      expect(idsOf(finished(tested, filter).requests)).toEqual(['first', 'second']);
  });

  it('finds the slowest, the one that started last first among equals, and counts all that fit', () => {
    const tested = testedTracker();
    for (const [id, millis] of Object.entries({ a: 20, b: 90, c: 20, d: 50, e: 90 }))
      endAfter(tested, { id, operation: 'GET /' }, { millis });
    const { requests, total } = finished(tested, {}, { order: 'slowest', limit: 3 });
    expect(idsOf(requests)).toEqual(['e', 'b', 'd']);
    expect(total).toBe(5);
  });

  it('leaves out what has not ended', () => {
    const tested = testedTracker();
    tested.tracker.start({ operation: 'GET /' });
    expect(finished(tested, { operation: 'GET /' })).toEqual({ requests: [], total: 0 });
    expect(finished(tested, { operation: 'GET /unheard' })).toEqual({ requests: [], total: 0 });
  });

  it('finds the same as all of them sorted, whatever is asked', () => {
    const millis = fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 300, size: 'max' });
    fc.assert(
      fc.property(millis, fc.integer({ min: 1, max: 40 }), fc.integer({ min: 0, max: 30 }), (given, limit, least) => {
        const tested = testedTracker();
        for (const [index, taken] of given.entries())
          endAfter(tested, { id: `${index}`, operation: 'GET /' }, { millis: taken });
        const { requests, total } = finished(tested, { minDurationMillis: least }, { order: 'slowest', limit });
        const expected = [...given.entries()]
          .filter(([, taken]) => taken >= least)
          .sort(([a, first], [b, second]) => second - first || b - a)
          .map(([index]) => `${index}`);
        expect(idsOf(requests)).toEqual(expected.slice(0, limit));
        expect(total).toBe(expected.length);
      }),
      { numRuns: 50 },
    );
  });

  it('takes a step for each five thousand, and misses none while others are let go of in between', () => {
    const tested = testedTracker({ maxRequests: 12_000 });
    for (let index = 0; index < 12_000; index += 1) endAfter(tested, { operation: 'GET /' }, { failed: index < 5 });
    const search = tested.tracker.searchFinished({ state: 'failed' });
    expect(search.next().done).toBe(false);
    // Lets go of the two that are oldest.
    for (let index = 0; index < 2; index += 1) endAfter(tested, { operation: 'GET /' }, { failed: true });
    const { found, steps } = all(search);
    expect(found.total).toBe(3);
    expect(steps).toBe(2);
  });

  it.each([
    [{ failureType: 'OrderError' }, ['typed']],
    [{ sampled: true }, ['sampled']],
    [{ sampled: false }, ['unsampled']],
    [{ maxDurationMillis: 5, minDurationMillis: 5 }, ['five']],
  ] satisfies [RequestFilter, string[]][])('narrows by %j', (filter, ids) => {
    const traces = new Map([
      ['sampled', true],
      ['unsampled', false],
    ]);
    let current = '';
    const currentTrace = () => {
      const sampled = traces.get(current);
      return sampled === undefined ? undefined : { traceId: '1'.repeat(32), spanId: '1'.repeat(16), sampled };
    };
    const tested = testedTracker({}, { currentTrace });
    for (current of ['plain', 'typed', 'sampled', 'unsampled', 'five', 'six']) {
      const request = tested.tracker.start({ id: current, operation: 'GET /' }).process();
      tested.host.advance(current === 'five' ? 5 : current === 'six' ? 6 : 0);
      if (current === 'typed') request.fail({ type: 'OrderError' });
      else request.complete();
    }
    expect(idsOf(finished(tested, filter).requests)).toEqual(ids);
  });

  it('refuses what is none at once, before its first step', () => {
    const { tracker } = testedTracker();
    expect(() => tracker.searchFinished({ colour: 'red' } as RequestFilter)).toThrow(RangeError);
    expect(() => tracker.searchFinished({}, { limit: 1001 })).toThrow('limit is 1001; allowed: a whole number from 1');
    expect(() => tracker.searchFinished({}, { order: 'nicest' as 'newest' })).toThrow(
      'order is "nicest"; allowed: newest, slowest',
    );
    expect(() => tracker.searchUnfinished({ state: 'lost' as 'failed' })).toThrow(RangeError);
  });
});

describe('a search for unfinished requests', () => {
  it('finds the oldest first, and says of stuck ones what they are at', () => {
    const lastUnfinishedSpan = () => ({ name: 'SELECT', spanId: '2'.repeat(16), elapsedMillis: 29_000 });
    const trace = { traceId: '1'.repeat(32), spanId: '1'.repeat(16), sampled: true };
    const tested = testedTracker({ stuckAfterMillis: 30_000 }, { lastUnfinishedSpan, currentTrace: () => trace });
    tested.tracker.start({ id: 'stuck', operation: 'GET /' });
    tested.host.advance(30 * SECOND);
    tested.tracker.start({ id: 'young', operation: 'GET /' });
    endAfter(tested, { id: 'over', operation: 'GET /' });
    const { requests, total, stuck } = unfinished(tested);
    expect(requests).toMatchObject([
      { id: 'stuck', isStuck: true, durationMillis: 30_000, lastUnfinishedSpan: lastUnfinishedSpan() },
      { id: 'young', isStuck: false },
    ]);
    expect(requests[1]).not.toHaveProperty('lastUnfinishedSpan');
    expect({ total, stuck }).toEqual({ total: 2, stuck: 1 });
  });

  it('is not needed for one whose ID is known', () => {
    const tested = testedTracker({ stuckAfterMillis: 30_000 });
    tested.tracker.start({ id: 'stuck', operation: 'GET /' });
    tested.host.advance(30 * SECOND);
    endAfter(tested, { id: 'over', operation: 'GET /' });
    expect(tested.tracker.getUnfinished('stuck')).toMatchObject({ id: 'stuck', isStuck: true });
    expect(tested.tracker.getUnfinished('over')).toBeUndefined();
    expect(tested.tracker.getUnfinished('unheard')).toBeUndefined();
  });

  it('counts all that fit, beyond the limit, too', () => {
    const tested = testedTracker({ stuckAfterMillis: 30_000 });
    for (const operation of ['a', 'b', 'a', 'a']) tested.tracker.start({ operation });
    tested.host.advance(30 * SECOND);
    tested.tracker.start({ operation: 'a' });
    expect(unfinished(tested, {}, { limit: 1 })).toMatchObject({ total: 5, stuck: 4 });
    expect(unfinished(tested, { operation: 'a' }, { limit: 1 })).toMatchObject({ total: 4, stuck: 3 });
    expect(unfinished(tested, { operation: 'a' }, { limit: 1 }).requests).toHaveLength(1);
  });

  it('leaves out those that end between its steps, and does not look at those that start', () => {
    const tested = testedTracker();
    const started = Array.from({ length: 5001 }, () => tested.tracker.start({ operation: 'a' }));
    const search = tested.tracker.searchUnfinished({ operation: 'a' }, { limit: 2 });
    expect(search.next().done).toBe(false);
    started[0]?.process().complete();
    tested.tracker.start({ operation: 'a' });
    const { found } = all(search);
    expect(idsOf(found.requests)).toEqual([started[1]?.id]);
    expect(found.total).toBe(5001);
  });
});
