import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IllegalTransitionError } from '../../../../../runtime/src/requests/lifecycle/illegalTransitionError.ts';
import type { RequestTrackerOptions } from '../../../../../runtime/src/requests/requestTrackerOptions.ts';
import type { TrackedRequest } from '../../../../../runtime/src/requests/trackedRequest.ts';
import { HOUR, SECOND, type TestedTracker, testedTracker } from '../support/trackerFixture.ts';

const STEPS = ['process', 'complete', 'fail', 'cancel'] as const;

type Operation =
  | { readonly kind: 'start'; readonly size: number; readonly user: number }
  | { readonly kind: 'step'; readonly step: (typeof STEPS)[number]; readonly which: number }
  | { readonly kind: 'update'; readonly which: number; readonly size: number; readonly user: number }
  | { readonly kind: 'advance'; readonly millis: number }
  | { readonly kind: 'set'; readonly millis: number }
  | { readonly kind: 'sweep' };

const size = fc.constantFrom(0, 10, 1000);
const operations: fc.Arbitrary<Operation[]> = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.record({ kind: fc.constant('start' as const), size, user: fc.nat(4) }) },
    {
      weight: 8,
      arbitrary: fc.record({ kind: fc.constant('step' as const), step: fc.constantFrom(...STEPS), which: fc.nat(30) }),
    },
    fc.record({ kind: fc.constant('update' as const), which: fc.nat(30), size, user: fc.nat(4) }),
    fc.record({ kind: fc.constant('advance' as const), millis: fc.constantFrom(0, 1, SECOND, 40 * SECOND, HOUR) }),
    fc.record({ kind: fc.constant('set' as const), millis: fc.integer({ min: -1e10, max: 1e10 }) }),
    fc.record({ kind: fc.constant('sweep' as const) }),
  ),
  { maxLength: 200, size: 'max' },
);

const limits: fc.Arbitrary<RequestTrackerOptions> = fc.record({
  maxRequests: fc.constantFrom(1, 2, 7, 100),
  maxAgeMillis: fc.constantFrom(1000, 60_000, HOUR),
  maxDurationMillis: fc.constantFrom(1000, 60_000, HOUR),
  maxOperations: fc.constantFrom(1, 3),
  maxUsers: fc.constantFrom(1, 3),
});

const attributesOf = (length: number) => ({ text: 'x'.repeat(length) });

/** Does what is asked for with the request of that number, from the last that started. */
function apply({ tracker, host }: TestedTracker, started: TrackedRequest[], operation: Operation): void {
  if (operation.kind === 'advance') host.advance(operation.millis);
  else if (operation.kind === 'set') host.wallShiftMillis = operation.millis;
  else if (operation.kind === 'sweep') tracker.sweep();
  else if (operation.kind === 'start') {
    const userId = `user ${operation.user}`;
    const attributes = attributesOf(operation.size);
    started.push(tracker.start({ operation: `op ${operation.user}`, userId, attributes }));
  } else {
    const request = started.at(-1 - operation.which);
    try {
      if (operation.kind === 'step') request?.[operation.step]();
      else request?.update({ userId: `user ${operation.user}`, attributes: attributesOf(operation.size) });
    } catch (error) {
      expect(error).toBeInstanceOf(IllegalTransitionError);
    }
  }
}

/** What must hold whatever has happened. */
function checkLaws({ tracker }: TestedTracker, maxRequests: number): void {
  const counts = tracker.counts();
  const { started, unfinished, completed, failed, abandoned, kept, evicted } = counts;
  expect(started).toBe(unfinished + completed + failed);
  expect(started).toBe(kept + evicted.age + evicted.count + evicted.memory);
  expect(abandoned).toBeLessThanOrEqual(failed);
  expect(kept).toBeLessThanOrEqual(maxRequests);
  const { requests } = tracker.find({}, { limit: 1000 });
  expect(requests).toHaveLength(kept);
  const inState = (...states: readonly string[]) => requests.filter(({ state }) => states.includes(state)).length;
  expect(inState('pending', 'processing')).toBe(unfinished);
  const { missed, requests: finished } = tracker.readFinished({ limit: 1000 });
  expect(missed + finished.length).toBe(completed + failed);
  expect(finished).toHaveLength(inState('completed', 'failed'));
  expect(tracker.statistics.unfinished('pending').count).toBe(inState('pending'));
}

describe('the counts of a tracker', () => {
  it('agree with each other and with what is found, whatever happens and however clocks move', () => {
    fc.assert(
      fc.property(limits, operations, (options, steps) => {
        const tested = testedTracker(options);
        const started: TrackedRequest[] = [];
        for (const [index, step] of steps.entries()) {
          apply(tested, started, step);
          if (index % 10 === 0) checkLaws(tested, options.maxRequests ?? 0);
        }
        checkLaws(tested, options.maxRequests ?? 0);
      }),
      { numRuns: 150 },
    );
  });

  it('come to nothing kept, and no memory, a day after all is over', () => {
    fc.assert(
      fc.property(limits, operations, (options, steps) => {
        const tested = testedTracker(options);
        const started: TrackedRequest[] = [];
        for (const step of steps) apply(tested, started, step);
        tested.host.advance(2 * HOUR);
        tested.host.advance(26 * HOUR);
        tested.tracker.sweep();
        expect(tested.tracker.counts()).toMatchObject({ kept: 0, unfinished: 0, bytes: 0 });
        checkLaws(tested, options.maxRequests ?? 0);
      }),
      { numRuns: 100 },
    );
  });

  it('are of one moment: what happens later does not change them', () => {
    const { tracker } = testedTracker({ maxRequests: 1 });
    const before = tracker.counts();
    for (let number = 0; number < 3; number += 1) tracker.start({ operation: 'work' }).fail();
    expect(before).toEqual({
      started: 0,
      unfinished: 0,
      completed: 0,
      failed: 0,
      abandoned: 0,
      kept: 0,
      evicted: { age: 0, count: 0, memory: 0 },
      bytes: 0,
    });
    expect(tracker.counts()).toMatchObject({
      started: 3,
      failed: 3,
      kept: 1,
      evicted: { age: 0, count: 2, memory: 0 },
    });
  });
});
