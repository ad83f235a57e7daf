// @spec S5.4 S5.5
import { describe, expect, it } from 'vitest';
import { DAY, groupId, MINUTE, SECOND, testedGroups } from '../support/groupsFixture.ts';

const NONE = { age: 0, count: 0, memory: 0, refused: 0, shed: 0 };

/** The names of the groups that are kept. */
function namesIn({ groups }: ReturnType<typeof testedGroups>): string {
  const ids = groups.query({}, { order: 'firstSeen' }).groups.map(({ id }) => id.replace(/^0+/, ''));
  return ids.sort().join('');
}

describe('the number of groups', () => {
  it('is held by letting go of the resolved, the first first, then of those not seen for longest', () => {
    const tested = testedGroups({ maxGroups: 6 });
    const { groups, add } = tested;
    for (const name of 'abcdef') add(name);
    groups.resolve(groupId('d'));
    groups.resolve(groupId('b'));
    groups.ignore(groupId('e'));
    groups.ignore(groupId('c'));
    for (const name of 'ea') add(name);
    const gone: string[] = [];
    for (const name of 'uvwxyz') {
      const before = namesIn(tested);
      add(name);
      gone.push(
        Array.from(before)
          .filter((kept) => !namesIn(tested).includes(kept))
          .join(''),
      );
    }
    expect(gone).toEqual(['d', 'b', 'f', 'a', 'u', 'v']);
  });

  it('lets go of the one that was resolved first, though errors of an older release still come', () => {
    const tested = testedGroups({ maxGroups: 3 });
    for (const name of 'abc') tested.add(name, { release: '1' });
    for (const name of 'ab') tested.groups.resolve(groupId(name), { release: '2' });
    tested.add('a', { release: '1' });
    tested.add('x');
    expect(namesIn(tested)).toBe('bcx');
  });

  it('is held by letting go last of groups that came often, and of those that somebody has done something with', () => {
    const tested = testedGroups({ maxGroups: 9 });
    const { groups, add, addMany } = tested;
    for (const name of 'abcdef') add(name);
    addMany('7', 100);
    addMany('8', 99);
    groups.acknowledge(groupId('a'));
    groups.ignore(groupId('b'));
    groups.resolve(groupId('c'), { note: 'stock is checked first' });
    groups.acknowledge(groupId('d'));
    groups.reopen(groupId('d'));
    groups.setSeverity(groupId('e'), 'low');
    for (let name = 100; name < 150; name += 1) add(`${name}`);
    expect(namesIn(tested)).toBe('1471481497abcde');
  });

  it('is held by letting go of groups that somebody has touched where there are no others, those not seen for longest first', () => {
    const tested = testedGroups({ maxGroups: 3 });
    const { groups, add, addMany } = tested;
    addMany('a', 100);
    for (const name of 'bc') add(name);
    groups.acknowledge(groupId('b'));
    groups.acknowledge(groupId('c'));
    add('b');
    add('x');
    expect(namesIn(tested)).toBe('bcx');
    groups.ignore(groupId('x'));
    add('y');
    expect(namesIn(tested)).toBe('bxy');
  });

  it('is not held for long by groups that came often once, nor for good by those that somebody has touched', () => {
    const tested = testedGroups({ maxGroups: 3 });
    const { groups, add, addMany, host } = tested;
    addMany('a', 100);
    add('b');
    groups.acknowledge(groupId('b'));
    host.advance(DAY - MINUTE);
    for (const name of 'cd') add(name);
    expect(namesIn(tested)).toBe('abd');
    host.advance(MINUTE);
    add('e');
    expect(namesIn(tested)).toBe('bde');
    host.advance(29 * DAY - MINUTE);
    for (const name of 'fg') add(name);
    expect(namesIn(tested)).toBe('bfg');
    host.advance(MINUTE);
    add('h');
    expect(namesIn(tested)).toBe('fgh');
  });

  it('does not let a flood of new ones wash out what is known', () => {
    const tested = testedGroups({ maxGroups: 4, replacedGroupsPerMinute: 2 });
    const { groups, add, addMany, host } = tested;
    for (const name of 'abcd') add(name);
    for (const name of 'defghi') add(name);
    expect(namesIn(tested)).toBe('cdef');
    expect(add('z', { error: { type: 'Z' }, category: 'validation' })).toEqual({
      change: 'ungrouped',
      category: 'validation',
      severity: 'low',
      number: 11,
      isEventKept: false,
    });
    host.advance(30 * SECOND);
    addMany('y', 2);
    add('z', { error: { type: 'Z' } });
    expect(namesIn(tested)).toBe('defy');
    expect(groups.counts()).toMatchObject({ errors: 14, inGroups: 6, ungrouped: { ...NONE, count: 3, refused: 5 } });
    expect(groups.statistics.over('1m')).toMatchObject({ errors: 14, newGroups: 7 });
  });

  it('never replaces any where that is said', () => {
    const tested = testedGroups({ maxGroups: 1, replacedGroupsPerMinute: 0 });
    for (const name of 'abc') tested.add(name);
    expect(namesIn(tested)).toBe('a');
  });
});

describe('errors without a group', () => {
  it('are counted by class and code, the most frequent first', () => {
    const { groups, add, addMany } = testedGroups({ maxGroups: 1 });
    addMany('a', 3, { error: { type: 'A', code: 'X' } });
    addMany('b', 5, { error: { type: 'A' } });
    addMany('c', 2, { error: { type: 'A', code: 'X' } });
    add('d');
    expect(groups.counts()).toMatchObject({
      errors: 11,
      inGroups: 1,
      ungrouped: { ...NONE, count: 10 },
      ungroupedBy: [
        { type: 'A', code: 'X', count: 5 },
        { type: 'A', count: 5 },
      ],
    });
  });

  it('are those too that nobody had time to look at', () => {
    const { groups, add } = testedGroups();
    add('a');
    groups.addUnseen('A', 'X', true);
    groups.addUnseen('A', undefined, true);
    expect(groups.counts()).toMatchObject({
      errors: 3,
      inGroups: 1,
      ungrouped: { ...NONE, shed: 2 },
      ungroupedBy: [
        { type: 'A', code: 'X', count: 1 },
        { type: 'A', count: 1 },
      ],
      events: 1,
    });
    expect(groups.statistics.over('1m')).toMatchObject({ errors: 3, shed: 2 });
  });

  it('are told apart up to 200 pairs, and counted together beyond', () => {
    const { groups, add } = testedGroups({ maxGroups: 1, replacedGroupsPerMinute: 0 });
    add('a');
    for (let code = 0; code < 300; code += 1) add('b', { error: { type: 'B', code: `${code}` } });
    const rows = groups.counts().ungroupedBy;
    expect(rows).toHaveLength(201);
    expect(rows.at(-1)).toEqual({ type: '(other)', count: 100 });
  });
});

describe('resolved groups', () => {
  it('are cleaned up by a timer when they are old', () => {
    const tested = testedGroups({ resolvedKeptMillis: DAY, sweepIntervalMillis: MINUTE });
    const { groups, add, addMany, host } = tested;
    addMany('a', 2);
    for (const name of 'bcd') add(name);
    groups.resolve(groupId('a'));
    host.advance(MINUTE);
    groups.resolve(groupId('b'));
    groups.ignore(groupId('c'));
    host.advance(DAY - MINUTE);
    expect(namesIn(tested)).toBe('bcd');
    expect(groups.counts()).toMatchObject({ errors: 5, inGroups: 3, ungrouped: { ...NONE, age: 2 } });
    expect(groups.counts().ungroupedBy).toEqual([{ type: 'TypeError', count: 2 }]);
    host.advance(MINUTE);
    expect(namesIn(tested)).toBe('cd');
    expect(add('a').change).toBe('new');
  });

  it('are kept where they came back', () => {
    const tested = testedGroups({ resolvedKeptMillis: DAY });
    tested.add('a');
    tested.groups.resolve(groupId('a'));
    tested.add('a');
    tested.host.advance(2 * DAY);
    expect(namesIn(tested)).toBe('a');
  });
});
