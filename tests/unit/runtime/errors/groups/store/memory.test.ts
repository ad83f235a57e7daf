// @spec S5.4
import { describe, expect, it } from 'vitest';
import { groupId, MINUTE, SECOND, testedGroups } from '../support/groupsFixture.ts';

const NONE = { age: 0, count: 0, memory: 0, refused: 0, shed: 0 };

describe('the memory', () => {
  it('is held by letting go of whole events first', () => {
    const { groups, add } = testedGroups({
      maxBytes: 4_000_000,
      maxEventsPerGroup: 1000,
      eventsPerMinutePerGroup: 1000,
    });
    const properties = Object.fromEntries(Array.from({ length: 20 }, (_, key) => [`key${key}`, 'x'.repeat(1000)]));
    for (let round = 0; round < 300; round += 1) add(round % 2 === 0 ? 'a' : 'b', { error: { properties } });
    const { bytes, events, groups: kept, eventsLeftOut } = groups.counts();
    expect(bytes).toBeLessThanOrEqual(4_000_000);
    expect(bytes).toBeGreaterThan(3_900_000);
    expect([kept, events + eventsLeftOut.room]).toEqual([2, 300]);
  });

  it('is held by letting go of the first events of groups then, last of those that somebody has touched', () => {
    const { groups, add, group } = testedGroups({ maxBytes: 4_000_000, maxEvents: 0 });
    const context = { text: 'x'.repeat(10_000) };
    for (const name of ['noted', 'oldest']) add(name, { context });
    groups.acknowledge(groupId('noted'));
    for (let name = 0; name < 498; name += 1) add(`${name}`, { context });
    const { bytes, groups: kept, events, ungrouped, eventsLeftOut } = groups.counts();
    expect(bytes).toBeLessThanOrEqual(4_000_000);
    expect(bytes).toBeGreaterThan(3_900_000);
    expect([kept, ungrouped, events + eventsLeftOut.room]).toEqual([500, NONE, 500]);
    expect(events).toBeGreaterThan(50);
    expect(['noted', 'oldest', '497'].map((name) => group(name).events.length)).toEqual([1, 0, 1]);
  });

  it('is held by letting go of groups then, not of more than may be replaced', () => {
    const { groups, add, host } = testedGroups({ maxBytes: 4_000_000, maxGroups: 10_000, replacedGroupsPerMinute: 50 });
    const flood = (count: number): void => {
      for (let index = 0; index < count; index += 1) add(`${index}`, { error: { message: 'm'.repeat(4000) } });
    };
    add('noted', { category: 'database' });
    groups.acknowledge(groupId('noted'), { note: 'ann looks at it' });
    for (let index = 0; index < 3000; index += 1) add('often');
    host.advance(MINUTE);
    flood(1100);
    const { bytes, groups: kept, ungrouped } = groups.counts();
    expect(bytes).toBeLessThanOrEqual(4_000_000);
    expect(kept).toBeGreaterThan(200);
    expect(ungrouped).toEqual({ ...NONE, memory: 50, refused: 1102 - kept - 50 });
    expect(groups.snapshot(groupId('noted'))?.history).toMatchObject([{ note: 'ann looks at it' }]);
    expect(groups.snapshot(groupId('often'))?.count).toBe(3000);
    expect([groups.snapshot(groupId('0')), groups.snapshot(groupId('1099'))]).toEqual([undefined, undefined]);
    host.advance(MINUTE);
    flood(1);
    expect(groups.counts().ungrouped.memory).toBe(51);
  });

  it('is not short for a group of which most will be cut', () => {
    const { groups, add } = testedGroups({ maxBytes: 4_000_000 });
    const long = 'x'.repeat(1e6);
    add('a', {
      error: { type: long, code: long, message: long },
      culprit: long,
      release: long,
      request: { userId: long },
    });
    expect(groups.counts()).toMatchObject({ groups: 1, ungrouped: NONE });
  });

  it('is held by letting go of groups where those that are kept take more', () => {
    const { groups, add, host } = testedGroups({
      maxBytes: 4_000_000,
      maxGroups: 600,
      replacedGroupsPerMinute: 0,
      maxEvents: 0,
    });
    for (let round = 0; round < 30; round += 1) {
      for (let name = 0; name < 600; name += 1) add(`${name}`, { error: { message: 'm'.repeat(100 * round) } });
      host.advance(10 * SECOND);
    }
    const { bytes, groups: kept, ungrouped } = groups.counts();
    expect(bytes).toBeLessThanOrEqual(4_000_000);
    expect(kept).toBeGreaterThan(200);
    expect(kept).toBeLessThan(600);
    expect(ungrouped.memory).toBeGreaterThan(0);
  });

  it('does not grow with changes of a state beyond those that are kept', () => {
    const { groups, add } = testedGroups();
    add('a');
    const rounds = (count: number) => {
      for (let round = 0; round < count; round += 1) {
        groups.acknowledge(groupId('a'), { note: 'n'.repeat(100) });
        groups.reopen(groupId('a'));
      }
      return groups.counts().bytes;
    };
    expect(rounds(1)).toBeLessThan(rounds(25));
    expect(rounds(0)).toBe(rounds(100));
  });

  it('does not grow with errors of a known group', () => {
    const { groups, add, host } = testedGroups({ eventsPerMinutePerGroup: 100_000, eventsPerMinute: 100_000 });
    const round = () => {
      for (let index = 0; index < 100; index += 1) add('a', { request: { userId: `${index}` } });
      host.advance(SECOND);
      return groups.counts().bytes;
    };
    const first = round();
    for (let index = 0; index < 100; index += 1) round();
    expect(round() - first).toBeLessThan(5000);
  });
});
