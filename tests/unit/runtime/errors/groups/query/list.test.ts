import { describe, expect, it } from 'vitest';
import type { GroupListFilter, ListOrder } from '../../../../../../runtime/src/errors/groups/query/groupList.ts';
import { groupId, HOUR, MINUTE, testedGroups, WALL_START } from '../support/groupsFixture.ts';

const START = Date.parse(WALL_START);

function testedList() {
  const tested = testedGroups();
  const list = (filter: GroupListFilter = {}, order: ListOrder = 'lastSeen', limit = 100) => {
    const steps = tested.groups.statistics.list(filter, { window: '1h', order, limit });
    for (;;) {
      const { done, value } = steps.next();
      if (done === true) return value;
    }
  };
  const names = (filter?: GroupListFilter, order?: ListOrder): string =>
    list(filter, order)
      .groups.map(({ id }) => id.replace(/^0+/, ''))
      .join('');
  return { ...tested, list, names };
}

describe('a list of groups', () => {
  it('tells of each what came when, how much, and where its newest error can be looked at', () => {
    const { add, host, list } = testedList();
    add('a', { release: '1', traceId: 'f'.repeat(32), sampled: true });
    host.advance(30 * MINUTE);
    add('a', {
      error: { message: 'again', code: 'E1' },
      culprit: 'src/a.ts:1',
      category: 'database',
      release: '2',
      traceId: 'e'.repeat(32),
      sampled: false,
      isHandled: false,
      request: { userId: 'ann' },
    });
    expect(list()).toEqual({
      groups: [
        {
          id: groupId('a'),
          type: 'TypeError',
          message: 'again',
          code: 'E1',
          culprit: 'src/a.ts:1',
          category: 'database',
          severity: 'high',
          state: 'open',
          isHandled: false,
          isRegressed: false,
          count: 2,
          inWindow: 2,
          users: 1,
          hasMoreUsers: false,
          firstSeenMillis: START,
          lastSeenMillis: START + 30 * MINUTE,
          happened: ['appeared'],
          releases: ['1', '2'],
          traceId: 'e'.repeat(32),
          sampled: false,
          bars: [
            [6, 1],
            [12, 1],
          ],
        },
      ],
      total: 1,
      others: [],
    });
  });

  it('counts of the window only what came in it', () => {
    const { add, host, list } = testedList();
    add('old');
    host.advance(2 * HOUR);
    add('new');
    const [, old] = list().groups;
    expect(old).toMatchObject({ id: groupId('old'), count: 1, inWindow: 0, bars: [] });
  });

  it('has those to which something happened in the window, whatever became of them then', () => {
    const { add, addMany, groups, host, names, list } = testedList();
    for (const name of ['a', 'b', 'd', 'e']) add(name);
    groups.resolve(groupId('e'));
    for (let minute = 0; minute < 2 * 60; minute += 1) {
      add('c');
      host.advance(MINUTE);
    }
    for (const name of ['a', 'b', 'd']) groups.resolve(groupId(name));
    groups.reopen(groupId('d'));
    for (const name of ['a', 'b', 'f']) add(name);
    groups.resolve(groupId('b'));
    addMany('c', 200);
    host.advance(MINUTE);
    groups.sweep();
    expect(names({ happened: 'appeared' })).toBe('f');
    expect(names({ happened: 'regressed' })).toBe('ba');
    expect(names({ happened: 'spiked' })).toBe('c');
    expect(names({ happened: 'resolved' })).toBe('ba');
    expect(list({ state: 'resolved' }).groups.map(({ happened }) => happened)).toEqual([['regressed', 'resolved'], []]);
    // As often as statistics have it.
    expect(groups.statistics.over('1h')).toMatchObject({ newGroups: 1, regressions: 2, spikes: 1, resolutions: 3 });
    host.advance(2 * HOUR);
    expect(list().groups.flatMap(({ happened }) => happened)).toEqual([]);
  });

  it('has every order, and where groups are equal the one seen last first', () => {
    const { add, addMany, host, names } = testedList();
    addMany('a', 5);
    host.advance(2 * HOUR);
    add('b', { category: 'database', request: { userId: 'ann' } });
    add('c');
    add('c');
    add('a');
    const orders: readonly (readonly [ListOrder, string])[] = [
      ['lastSeen', 'acb'],
      ['firstSeen', 'cba'],
      ['count', 'acb'],
      ['inWindow', 'cab'],
      ['users', 'bac'],
      ['severity', 'bac'],
    ];
    for (const [order, expected] of orders) expect(names({}, order), order).toBe(expected);
  });

  it('is narrowed by what people made of groups, by whether errors were handled and when they came', () => {
    const { add, groups, host, names } = testedList();
    for (const name of 'abcd') add(name);
    groups.acknowledge(groupId('b'));
    groups.resolve(groupId('c'));
    groups.ignore(groupId('d'));
    host.advance(2 * HOUR);
    add('e', { isHandled: false });
    expect(names({ isUnresolved: true })).toBe('eba');
    expect(names({ isUnresolved: false })).toBe('dc');
    expect(names({ isHandled: false })).toBe('e');
    expect(names({ isHandled: true, isUnresolved: true })).toBe('ba');
    expect(names({ isInWindow: true })).toBe('e');
    expect(names({ state: 'resolved', isInWindow: false })).toBe('c');
  });

  it('tells of all others in numbers, so that they can be added to those of another process', () => {
    const { add, list } = testedList();
    for (const name of 'abc') add(name, { error: { type: name === 'b' ? 'Other' : 'Same' } });
    const { groups, total, others } = list({ text: 'same' }, 'lastSeen', 1);
    expect(groups.map(({ id }) => id)).toEqual([groupId('c')]);
    expect(total).toBe(2);
    expect(others.map(({ id }) => id)).toEqual([groupId('a'), groupId('b')]);
    expect(others[1]).toEqual({
      id: groupId('b'),
      state: 'open',
      category: 'unknown',
      severity: 'medium',
      count: 1,
      inWindow: 1,
      users: 0,
      hasMoreUsers: false,
      firstSeenMillis: START,
      lastSeenMillis: START,
      happened: ['appeared'],
    });
  });

  it('lets others have their turn, and leaves out groups that begin meanwhile', () => {
    const { add, groups } = testedGroups();
    for (let index = 0; index < 1000; index += 1) add(`n${index}`);
    const steps = groups.statistics.list({}, { window: '1h', order: 'count', limit: 10_000 });
    let count = 0;
    for (;;) {
      const step = steps.next();
      if (step.done === true) {
        expect(step.value.total).toBe(1000);
        break;
      }
      add(`later${count}`);
      count += 1;
    }
    expect(count).toBe(9);
  });

  it('refuses what is no order, no window and no limit', () => {
    const { groups } = testedGroups();
    const list = (change: object) => () =>
      groups.statistics.list({}, { window: '1h', order: 'count', limit: 1, ...change });
    expect(list({ order: 'worst' })).toThrow(RangeError);
    expect(list({ window: '2h' })).toThrow(RangeError);
    for (const limit of [0, 1.5, 10_001, Number.NaN]) expect(list({ limit })).toThrow(RangeError);
    expect(() =>
      groups.statistics.list({ colour: 'red' } as object, { window: '1h', order: 'count', limit: 1 }),
    ).toThrow(RangeError);
  });
});

describe('the course of a window', () => {
  it('says in which slices groups began and came back', () => {
    const { add, groups, host } = testedGroups();
    add('a');
    groups.resolve(groupId('a'));
    host.advance(10 * MINUTE);
    add('a');
    add('b');
    const bars = groups.statistics.course('1h').filter(({ errors }) => errors > 0);
    expect(bars).toMatchObject([
      { errors: 1, newGroups: 1, regressions: 0, spikes: 0 },
      { errors: 2, newGroups: 1, regressions: 1, spikes: 0 },
    ]);
  });
});

describe('the users of a group', () => {
  it('are named, those that were hit first first, as many as are asked for', () => {
    const { add, groups } = testedGroups();
    for (const userId of ['cem', 'ann', 'cem', 'bob']) add('a', { request: { userId } });
    expect(groups.statistics.users(groupId('a'), 2)).toEqual(['cem', 'ann']);
    expect(groups.statistics.users(groupId('a'), 10)).toEqual(['cem', 'ann', 'bob']);
    expect(groups.statistics.users(groupId('none'), 10)).toEqual([]);
  });
});
