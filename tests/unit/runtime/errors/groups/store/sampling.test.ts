import { describe, expect, it } from 'vitest';
import { MINUTE, SECOND, testedGroups } from '../support/groupsFixture.ts';

const traceOf = (number: number) => ({ traceId: `${number}`.padStart(32, '0') });

/** Which of the errors are kept, by the numbers in their messages, the newest first. */
function numbered({ add, group }: ReturnType<typeof testedGroups>) {
  return {
    add: (name: string, number: number, changes = {}) => add(name, { error: { message: `${number}` }, ...changes }),
    kept: (name: string) => group(name).events.map(({ error }) => Number(error.message)),
  };
}

describe('the whole events of a group', () => {
  it('are as many at once as are allowed a minute, and again as many a minute later', () => {
    const tested = testedGroups({ eventsPerMinutePerGroup: 3 });
    const { add, kept } = numbered(tested);
    for (let number = 1; number <= 100; number += 1) add('a', number);
    expect(kept('a')).toEqual([3, 2, 1]);
    tested.host.advance(10 * SECOND);
    add('a', 100);
    tested.host.advance(10 * SECOND);
    for (let number = 101; number <= 110; number += 1) add('a', number);
    expect(kept('a')).toEqual([101, 3, 2, 1]);
    tested.host.advance(10 * MINUTE);
    for (let number = 111; number <= 120; number += 1) add('a', number);
    expect(kept('a')).toEqual([113, 112, 111, 101, 3, 2, 1]);
    expect(tested.groups.counts()).toMatchObject({ errors: 121, events: 7, eventsLeftOut: { rate: 114, room: 0 } });
  });

  it('are held to one rate for all groups together, but the first of each', () => {
    const tested = testedGroups({ eventsPerMinute: 4 });
    const { add, kept } = numbered(tested);
    for (const name of ['a', 'b', 'c']) for (let number = 1; number <= 9; number += 1) add(name, number);
    expect([kept('a'), kept('b'), kept('c')]).toEqual([[4, 3, 2, 1], [1], [1]]);
  });

  it('are the first and the newest', () => {
    const tested = testedGroups({ maxEventsPerGroup: 3 });
    const { add, kept } = numbered(tested);
    for (let number = 1; number <= 9; number += 1) add('a', number);
    expect(kept('a')).toEqual([9, 8, 7, 1]);
    expect(tested.groups.counts()).toMatchObject({ events: 4, eventsLeftOut: { rate: 0, room: 5 } });
  });

  it('are rather of different releases', () => {
    const tested = testedGroups({ maxEventsPerGroup: 3 });
    const { add, kept } = numbered(tested);
    for (const [number, release] of [1, 2, 2, 3, 3, 1, 3, 1].entries()) add('a', number, { release: `${release}` });
    expect(kept('a')).toEqual([7, 6, 2, 0]);
  });

  it('are the newest even where its release is that of the first', () => {
    const tested = testedGroups({ maxEventsPerGroup: 2 });
    const { add, kept } = numbered(tested);
    for (const [number, release] of [1, 2, 3, 1].entries()) add('a', number, { release: `${release}` });
    expect(kept('a')).toEqual([3, 2, 0]);
  });

  it('are the first of each release whatever the rate', () => {
    const tested = testedGroups({ eventsPerMinutePerGroup: 1 });
    const { add, kept } = numbered(tested);
    for (const [number, release] of [1, 1, 2, 2, 3, 1].entries()) add('a', number, { release: `${release}` });
    expect(kept('a')).toEqual([4, 2, 0]);
  });

  it('are one of each trace', () => {
    const tested = testedGroups();
    const { add, kept } = numbered(tested);
    for (const [number, trace] of [1, 1, 2, 1, 2, 3].entries()) add('a', number, traceOf(trace));
    expect(kept('a')).toEqual([5, 2, 0]);
    expect(tested.groups.counts().eventsLeftOut).toEqual({ rate: 0, trace: 3, size: 0, room: 0 });
  });

  it('are none beside the first where none are wanted', () => {
    for (const options of [{ maxEvents: 0 }, { maxEventsPerGroup: 0 }]) {
      const tested = testedGroups(options);
      const { add, kept } = numbered(tested);
      for (let number = 1; number <= 3; number += 1) add('a', number);
      expect(kept('a')).toEqual([1]);
    }
  });

  it('are let go of beyond a number of all, the oldest first, but the first of each group', () => {
    const tested = testedGroups({ maxEvents: 3 });
    const { add, kept } = numbered(tested);
    for (const [number, name] of ['a', 'b', 'a', 'a', 'b', 'b', 'a'].entries()) add(name, number);
    expect([kept('a'), kept('b')]).toEqual([
      [6, 0],
      [5, 4, 1],
    ]);
    expect(tested.groups.counts()).toMatchObject({ events: 5, eventsLeftOut: { room: 2 } });
  });

  it('say whether an event was kept', () => {
    const { add } = testedGroups({ eventsPerMinutePerGroup: 2 });
    expect([add('a'), add('a'), add('a')].map(({ isEventKept }) => isEventKept)).toEqual([true, true, false]);
  });
});
