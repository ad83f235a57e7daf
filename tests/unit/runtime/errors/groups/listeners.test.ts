import { describe, expect, it } from 'vitest';
import type { ErrorGroups } from '../../../../../runtime/src/errors/groups/errorGroups.ts';
import { groupId, testedGroups } from './support/groupsFixture.ts';

const A = groupId('a');

/** What a listener is told, in words. */
function heard(groups: ErrorGroups): string[] {
  const told: string[] = [];
  groups.listen({
    appeared: ({ id, count, severity }) => told.push(`appeared ${id.at(-1)} ${count} ${severity}`),
    regressed: ({ id, count, isRegressed }) => told.push(`regressed ${id.at(-1)} ${count} ${isRegressed}`),
    severityRaised: ({ id, severity }, from) => told.push(`raised ${id.at(-1)} ${from} ${severity}`),
  });
  return told;
}

describe('listeners', () => {
  it('are told of new groups, of those that came back and of those that got worse', () => {
    const { groups, add } = testedGroups();
    const told = heard(groups);
    add('a');
    add('a');
    add('b', { isHandled: false });
    add('a', { isHandled: false });
    add('a', { isHandled: false });
    groups.resolve(A);
    add('a', { category: 'database', isHandled: false });
    add('a', { category: 'database' });
    expect(told).toEqual(['appeared a 1 medium', 'appeared b 1 high', 'raised a medium high', 'regressed a 5 true']);
  });

  it('are not told of what gets no group, or of a severity that somebody has given', () => {
    const { groups, add } = testedGroups({ maxGroups: 1, replacedGroupsPerMinute: 0 });
    add('a');
    groups.setSeverity(A, 'low');
    const told = heard(groups);
    add('a', { isHandled: false });
    groups.setSeverity(A, 'critical');
    add('b');
    expect(told).toEqual([]);
  });

  it('are told frozen snapshots, until they end it', () => {
    const { groups, add } = testedGroups();
    const told: unknown[] = [];
    const end = groups.listen({ appeared: (group) => told.push(group) });
    add('a');
    end();
    add('b');
    expect(told).toEqual([groups.snapshot(A)]);
    expect(Object.isFrozen(told[0])).toBe(true);
  });

  it('disturb nobody by what they throw, which is told', () => {
    const { groups, add, errors } = testedGroups();
    const broken = new Error('broken');
    groups.listen({
      appeared: () => {
        throw broken;
      },
    });
    const told = heard(groups);
    expect(add('a').change).toBe('new');
    expect(errors).toEqual([broken]);
    expect(told).toHaveLength(1);
  });

  it('may add errors and change groups while they are told', () => {
    const { groups, add, group } = testedGroups();
    groups.listen({
      appeared: ({ id }) => {
        if (id !== A) return;
        add('b');
        add('a');
        groups.resolve(A);
      },
      regressed: ({ id }) => void groups.ignore(id),
    });
    add('a');
    add('a');
    add('a');
    expect(group('a')).toMatchObject({ count: 4, state: 'ignored', isRegressed: true });
    expect(groups.counts()).toMatchObject({ errors: 5, inGroups: 5 });
  });
});
