// @spec S5.2
import { describe, expect, it } from 'vitest';
import type { ErrorCategory } from '../../../../../../runtime/src/errors/errorCategory.ts';
import { groupId, MINUTE, testedGroups } from '../support/groupsFixture.ts';

describe('the severity of a group', () => {
  it.each([
    ['system', 'high', 'high'],
    ['database', 'high', 'high'],
    ['network', 'medium', 'high'],
    ['authentication', 'medium', 'high'],
    ['validation', 'low', 'medium'],
    ['business_logic', 'medium', 'high'],
    ['external_service', 'medium', 'high'],
    ['unknown', 'medium', 'high'],
  ] as const)('of category %s is %s where it was handled, and %s where not', (category, handled, unhandled) => {
    const { add } = testedGroups();
    expect(add('a', { category }).severity).toBe(handled);
    expect(add('b', { category, isHandled: false }).severity).toBe(unhandled);
    expect(add('c', { category, isHandled: false, source: 'uncaughtException', isUncaught: true }).severity).toBe(
      'critical',
    );
  });

  it('rises by one with a high rate, and does not fall with it', () => {
    const { addMany, add, host, group } = testedGroups({ highRatePerMinute: 10 });
    addMany('a', 9);
    expect(group('a').severity).toBe('medium');
    expect(add('a').severity).toBe('high');
    host.advance(10 * MINUTE);
    expect(add('a').severity).toBe('high');
    addMany('b', 5);
    host.advance(MINUTE);
    addMany('b', 9);
    expect(group('b').severity).toBe('medium');
  });

  it('rises by one with many users, and by all that is true, to critical at most', () => {
    const { add } = testedGroups({ manyUsers: 3, highRatePerMinute: 4 });
    const severities = (category: ErrorCategory) =>
      ['ann', 'ben', 'cid', 'ann', 'ann'].map(
        (userId, index) => add(category, { category, request: { userId }, isHandled: index < 4 }).severity,
      );
    expect(severities('validation')).toEqual(['low', 'low', 'medium', 'high', 'critical']);
    expect(severities('network')).toEqual(['medium', 'medium', 'high', 'critical', 'critical']);
    expect(severities('system')).toEqual(['high', 'high', 'critical', 'critical', 'critical']);
  });

  it.each([['system'], ['database'], ['network']] as const)(
    'of category %s is critical by what was not handled only with a high rate or many users, too',
    (category) => {
      const { add } = testedGroups({ manyUsers: 2, highRatePerMinute: 3 });
      const severities = (name: string, userIds: readonly string[]) =>
        userIds.map((userId) => add(name, { category, isHandled: false, request: { userId } }).severity);
      expect(severities('a', ['ann', 'ann', 'ann'])).toEqual(['high', 'high', 'critical']);
      expect(severities('b', ['ann', 'ben'])).toEqual(['high', 'critical']);
    },
  );

  it('begins anew when the group comes back', () => {
    const { groups, add } = testedGroups();
    expect(add('a', { isHandled: false, source: 'uncaughtException', isUncaught: true }).severity).toBe('critical');
    expect(add('a').severity).toBe('critical');
    groups.resolve(groupId('a'));
    expect(add('a')).toMatchObject({ change: 'regressed', severity: 'medium' });
    expect(add('a').severity).toBe('medium');
  });

  it('goes by the users since the group came back, be they new or not', () => {
    const { groups, add, host, group } = testedGroups({ manyUsers: 3, maxUsersPerGroup: 4 });
    const by = (userId: string) => add('a', { request: { userId } }).severity;
    expect(['ann', 'ben', 'cid'].map(by)).toEqual(['medium', 'medium', 'high']);
    for (const round of ['first', 'second']) {
      groups.resolve(groupId('a'));
      host.advance(MINUTE);
      expect([round, ...['ann', 'ann', 'ben', 'ann'].map(by)]).toEqual([round, 'medium', 'medium', 'medium', 'medium']);
      expect(['eve', 'ann'].map(by)).toEqual(['high', 'high']);
    }
    expect(group('a')).toMatchObject({ users: 4, hasMoreUsers: false });
    groups.resolve(groupId('a'));
    // There are as many as are told apart: those of before count, and those since are told apart all the same.
    expect(['fay', 'gus', 'hal'].map(by)).toEqual(['medium', 'medium', 'high']);
    expect(group('a')).toMatchObject({ users: 4, hasMoreUsers: true });
  });

  it('counts users since the group came back within the memory of users, and gives it back', () => {
    const { groups, add } = testedGroups();
    add('a', { request: { userId: 'ann' } });
    groups.resolve(groupId('a'));
    const rounds = (count: number) => {
      for (let round = 0; round < count; round += 1) {
        for (let user = 0; user < 10; user += 1) add('a', { request: { userId: `${user}` } });
        groups.resolve(groupId('a'));
      }
      return groups.counts().bytes;
    };
    rounds(60);
    const before = rounds(1);
    expect(rounds(50)).toBe(before);
  });

  it('is what somebody has given, until that is taken back', () => {
    const { groups, add, group } = testedGroups();
    add('a');
    expect(groups.setSeverity(groupId('a'), 'low').severity).toBe('low');
    expect(add('a', { isHandled: false }).severity).toBe('low');
    expect(groups.query({ severity: 'low' }).groups).toEqual([group('a')]);
    expect(group('a').severityOverride).toEqual({ to: 'low', at: '2026-11-27T00:00:00.000Z' });
    expect(groups.setSeverity(groupId('a'), undefined).severity).toBe('high');
    expect(group('a').severityOverride).toBeUndefined();
    expect(() => groups.setSeverity(groupId('a'), 'urgent' as 'low')).toThrow(
      new RangeError('severity is "urgent"; allowed: low, medium, high, critical'),
    );
  });
});

describe('rules of severity', () => {
  it.each([
    [{ category: 'network' }, { category: 'network' }, { category: 'database' }],
    [{ type: 'RangeError' }, { error: { type: 'RangeError' } }, { error: { type: 'rangeerror' } }],
    [{ code: 'E1' }, { error: { code: 'E1' } }, { error: {} }],
    [{ operation: 'GET /' }, { request: { operation: 'GET /' } }, { request: {} }],
    [{ when: ({ release }: { release?: string }) => release === '1' }, { release: '1' }, { release: '2' }],
  ] as const)('with %j are for what is like it and nothing else', (rule, like, unlike) => {
    const { add } = testedGroups({ severityRules: [{ severity: 'critical', ...rule }] });
    expect(add('a', like).severity).toBe('critical');
    expect(add('b', unlike).severity).not.toBe('critical');
  });

  it('count before the table, the first that fits, for what is like all that they say', () => {
    const { add } = testedGroups({
      severityRules: [
        { severity: 'critical', type: 'A', code: '1' },
        { severity: 'low', type: 'A' },
      ],
    });
    expect(add('a', { error: { type: 'A', code: '1' } }).severity).toBe('critical');
    expect(add('b', { error: { type: 'A' }, isHandled: false }).severity).toBe('low');
    expect(add('b', { error: { type: 'B' } }).severity).toBe('high');
  });

  it('do not fit where they throw, which is told', () => {
    const broken = new Error('broken');
    const { add, errors } = testedGroups({
      severityRules: [
        {
          severity: 'low',
          when: () => {
            throw broken;
          },
        },
      ],
    });
    expect(add('a').severity).toBe('medium');
    expect(errors).toEqual([broken]);
  });

  it('hold for errors that get no group, too', () => {
    const { add } = testedGroups({
      maxGroups: 1,
      replacedGroupsPerMinute: 0,
      severityRules: [{ severity: 'low', type: 'A' }],
    });
    add('a');
    expect(add('b', { error: { type: 'A' } })).toMatchObject({ change: 'ungrouped', severity: 'low' });
    expect(add('c', { source: 'uncaughtException', isUncaught: true }).severity).toBe('critical');
  });
});
