import { describe, expect, it } from 'vitest';
import type { Breadcrumb } from '../../../../../../runtime/src/errors/capturedError.ts';
import { KeptBreadcrumbs } from '../../../../../../runtime/src/errors/groups/store/keptBreadcrumbs.ts';
import { groupId, testedGroups } from '../support/groupsFixture.ts';

/** As many breadcrumbs, each with fields of so many characters. */
function breadcrumbs(count: number, length: number, fields: number, prefix = ''): readonly Breadcrumb[] {
  return Array.from({ length: count }, (_, index) => ({
    at: '2026-11-27T00:00:00.000Z',
    kind: 'log',
    message: `${prefix}${index}`.padEnd(length, '.'),
    data: Object.fromEntries(Array.from({ length: fields }, (_empty, field) => [`field${field}`, 'v'.repeat(length)])),
  }));
}

/** The messages of the breadcrumbs of the newest event of a group. */
const shown = (group: ReturnType<ReturnType<typeof testedGroups>['group']>): readonly string[] =>
  group.events[0]?.breadcrumbs.map(({ message }) => message.replaceAll('.', '')) ?? [];

describe('the breadcrumbs of whole events', () => {
  it.each([
    [60, 0],
    [120, 3],
    [1000, 8],
  ])('of %d characters and %d fields are counted once for all events that share them', (length, fields) => {
    const { groups, add } = testedGroups();
    const shared = breadcrumbs(100, length, fields);
    for (let name = 0; name < 1000; name += 1) add(`${name}`, { breadcrumbs: shared });
    expect(groups.counts()).toMatchObject({ groups: 1000, events: 1000, breadcrumbsLeftOut: 0 });
    expect(groups.counts().ungrouped.memory).toBe(0);
    expect(groups.snapshot(groupId('0'))?.events[0]?.breadcrumbs).toBe(shared);
  });

  it('are counted once for lists of the same ones, and not at all once no event has them', () => {
    const { groups, add } = testedGroups({ maxGroups: 2 });
    const all = breadcrumbs(200, 500, 5);
    add('a', { breadcrumbs: all.slice(0, 100) });
    const before = groups.counts().bytes;
    add('b');
    const without = groups.counts().bytes;
    add('b', { breadcrumbs: all.slice(1, 101) });
    const one = groups.counts().bytes - without;
    expect(one).toBeLessThan(12_000);
    for (const name of 'cdef') add(name, { breadcrumbs: all.slice(100) });
    for (const name of 'gh') add(name);
    groups.resolve(groupId('g'));
    add('a', { breadcrumbs: [] });
    groups.resolve(groupId('h'));
    add('b');
    expect(groups.counts().bytes).toBeLessThan(before - 500_000);
  });

  it('are cut to the newest where they take an eighth of the memory, of which the event is kept', () => {
    const { groups, add, group } = testedGroups();
    const rich = breadcrumbs(100, 1000, 20);
    for (const name of 'aab') add(name, { breadcrumbs: rich });
    expect(groups.counts()).toMatchObject({ events: 3, eventsLeftOut: { size: 0 } });
    const messages = shown(group('a'));
    expect(messages.length).toBeGreaterThan(40);
    expect(messages.length).toBeLessThan(100);
    expect(messages.at(-1)).toBe('99');
    expect(group('b').events[0]?.breadcrumbs).toBe(group('a').events[0]?.breadcrumbs);
    expect(groups.counts().breadcrumbsLeftOut).toBe(3 * (100 - messages.length));
  });

  it('are let go of before events, those of the oldest events first', () => {
    const { groups, add, group } = testedGroups({ maxBytes: 4_000_000 });
    for (let name = 0; name < 200; name += 1) add(`${name}`, { breadcrumbs: breadcrumbs(10, 1000, 2, `${name} `) });
    const { bytes, events, breadcrumbsLeftOut } = groups.counts();
    expect(bytes).toBeLessThanOrEqual(4_000_000);
    expect(bytes).toBeGreaterThan(3_900_000);
    expect(events).toBe(200);
    expect([shown(group('0')).length, shown(group('199')).length]).toEqual([0, 10]);
    const kept = groups.query({}, { limit: 1000 }).groups.flatMap(({ events: [event] }) => event?.breadcrumbs ?? []);
    expect(kept.length + breadcrumbsLeftOut).toBe(2000);
  });

  it('are let go of before events of groups that have several, too', () => {
    const { groups, add } = testedGroups({
      maxBytes: 4_000_000,
      maxEventsPerGroup: 1000,
      eventsPerMinutePerGroup: 1000,
    });
    for (let index = 0; index < 200; index += 1) add('a', { breadcrumbs: breadcrumbs(10, 1000, 2, `${index} `) });
    expect(groups.counts()).toMatchObject({ events: 200, eventsLeftOut: { room: 0 } });
    expect(groups.counts().breadcrumbsLeftOut).toBeGreaterThan(500);
  });
});

describe('KeptBreadcrumbs', () => {
  it('take memory for as long as any event has them', () => {
    const kept = new KeptBreadcrumbs(1_000_000);
    const all = breadcrumbs(20, 100, 0);
    const lists = [all, all.slice(1), all];
    const bytes = lists.map((list) => (kept.keep(list), kept.bytes));
    expect(bytes[0]).toBeGreaterThan(20 * 200);
    expect((bytes[1] ?? 0) - (bytes[0] ?? 0)).toBeLessThan(20 * 20);
    expect(bytes[2]).toBe(bytes[1]);
    kept.letGo(all);
    expect(kept.bytes).toBe(bytes[1]);
    kept.letGo(all);
    // The first breadcrumb and a list are gone, what the other list has is kept.
    expect(kept.bytes).toBeGreaterThan(19 * 200);
    expect(kept.bytes).toBeLessThan((bytes[0] ?? 0) - 200);
    kept.letGo(all.slice(1));
    expect(kept.bytes).toBeGreaterThan(0);
    kept.letGo(lists[1] ?? []);
    expect(kept.bytes).toBe(0);
  });

  it('let as many fit of a list whose breadcrumbs are kept already', () => {
    const kept = new KeptBreadcrumbs(30_000);
    const all = breadcrumbs(100, 10, 0);
    const { length } = kept.fitting(all);
    expect(length).toBeGreaterThan(50);
    expect(length).toBeLessThan(100);
    kept.keep(all);
    expect(kept.fitting([...all])).toHaveLength(length);
    expect(kept.bytes).toBeGreaterThan(30_000);
  });
});
