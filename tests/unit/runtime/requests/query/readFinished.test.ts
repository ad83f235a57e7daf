import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RequestTracker } from '../../../../../runtime/src/requests/requestTracker.ts';
import { idsOf, testedTracker } from '../support/trackerFixture.ts';

const steps = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.constant({ kind: 'start' as const }) },
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('end' as const), which: fc.nat(5) }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('read' as const), limit: fc.integer({ min: 1, max: 5 }) }) },
  ),
  { maxLength: 150, size: 'max' },
);

/** A reader that goes on where it was, and what it got. */
class Reader {
  readonly ids: string[] = [];
  missed = 0;
  done = false;
  #cursor: string | undefined;

  read(tracker: RequestTracker, limit: number): void {
    const page = tracker.readFinished({ limit, ...(this.#cursor !== undefined && { cursor: this.#cursor }) });
    this.ids.push(...idsOf(page.requests));
    this.missed += page.missed;
    this.done = page.done;
    this.#cursor = page.cursor;
  }
}

describe('readFinished', () => {
  it('gives each request once in the order of ends, and says how many it could not give', () => {
    fc.assert(
      fc.property(steps, fc.constantFrom(2, 10, 1000), (given, maxRequests) => {
        const { tracker } = testedTracker({ maxRequests });
        const reader = new Reader();
        const ended: string[] = [];
        const open: string[] = [];
        tracker.listen({ finished: ({ id }) => ended.push(id) });
        for (const step of given) {
          if (step.kind === 'start') open.push(tracker.start({ operation: 'a' }).id);
          else if (step.kind === 'read') reader.read(tracker, step.limit);
          else {
            const [id] = open.splice(step.which, 1);
            if (id !== undefined && tracker.get(id)?.state === 'pending') tracker.fail(id);
          }
        }
        do reader.read(tracker, 3);
        while (!reader.done);
        expect(reader.ids.length + reader.missed).toBe(ended.length);
        const order = reader.ids.map((id) => ended.indexOf(id));
        expect(order).toEqual([...new Set(order)].sort((a, b) => a - b));
        if (maxRequests === 1000) expect(reader.ids).toEqual(ended);
      }),
      { numRuns: 200 },
    );
  });

  it('begins with the first that has ended, and goes on when more have', () => {
    const { tracker } = testedTracker();
    const [a, b, c] = ['a', 'b', 'c'].map((id) => tracker.start({ operation: 'work', id }).process());
    expect(tracker.readFinished()).toEqual({ requests: [], cursor: '00000000.end.0', missed: 0, done: true });
    b?.complete();
    a?.fail();
    const first = tracker.readFinished({ cursor: '00000000.end.0' });
    expect(idsOf(first.requests)).toEqual(['b', 'a']);
    expect(first).toMatchObject({ cursor: '00000000.end.2', missed: 0, done: true });
    c?.complete();
    expect(idsOf(tracker.readFinished({ cursor: first.cursor }).requests)).toEqual(['c']);
  });

  it('says that it is done where a page ends with the last', () => {
    const { tracker } = testedTracker();
    for (let number = 0; number < 4; number += 1) tracker.start({ operation: 'work' }).fail();
    expect(tracker.readFinished({ limit: 4 })).toMatchObject({ done: true, cursor: '00000000.end.4' });
    expect(tracker.readFinished({ limit: 3 })).toMatchObject({ done: false, cursor: '00000000.end.3' });
  });

  it('goes over what does not fit, and does not give it later', () => {
    const { tracker } = testedTracker();
    for (const operation of ['a', 'b', 'a', 'b', 'b']) tracker.start({ operation }).fail();
    const filter = { operation: 'a' };
    const page = tracker.readFinished({ filter, limit: 2 });
    expect(page.requests.map(({ sequence }) => sequence)).toEqual([1, 3]);
    const rest = tracker.readFinished({ filter, limit: 2, cursor: page.cursor });
    expect(rest).toEqual({ requests: [], cursor: '00000000.end.5', missed: 0, done: true });
  });

  it('says that it missed what was let go of, and only once', () => {
    const { tracker } = testedTracker({ maxRequests: 3 });
    const { cursor } = tracker.readFinished();
    for (let number = 0; number < 10; number += 1) tracker.start({ operation: 'work' }).fail();
    const page = tracker.readFinished({ cursor, limit: 1 });
    expect(page).toMatchObject({ missed: 7, done: false, requests: [{ sequence: 8 }] });
    expect(tracker.readFinished({ cursor: page.cursor })).toMatchObject({ missed: 0, done: true });
    expect(tracker.readFinished()).toMatchObject({ missed: 7 });
  });

  it('says that it missed all where nothing is left', () => {
    const { tracker, host } = testedTracker({ maxAgeMillis: 1000 });
    for (let number = 0; number < 4; number += 1) tracker.start({ operation: 'work' }).fail();
    host.advance(60_000);
    const page = tracker.readFinished();
    expect(page).toEqual({ requests: [], cursor: '00000000.end.4', missed: 4, done: true });
    tracker.start({ operation: 'work', id: 'late' }).fail();
    expect(idsOf(tracker.readFinished({ cursor: page.cursor }).requests)).toEqual(['late']);
  });
});
