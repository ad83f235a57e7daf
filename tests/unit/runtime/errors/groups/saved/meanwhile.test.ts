import { describe, expect, it } from 'vitest';
import type { SavedErrorGroups } from '../../../../../../runtime/src/errors/groups/saved/savedErrorGroups.ts';
import { groupId, HOUR, MINUTE, SECOND, testedGroups } from '../support/groupsFixture.ts';

type Tested = ReturnType<typeof testedGroups>;

/** What a process saved in which this happened. */
function savedAfter(happens: (before: Tested) => void): SavedErrorGroups {
  const before = testedGroups();
  happens(before);
  return JSON.parse(JSON.stringify(before.groups.save())) as SavedErrorGroups;
}

/** A process that begins an hour later. */
function later(options: Parameters<typeof testedGroups>[0] = {}): Tested {
  const after = testedGroups(options);
  after.host.wallShiftMillis = HOUR;
  return after;
}

describe('a group that came while it was brought back', () => {
  it('has the users of both, each once', () => {
    const saved = savedAfter(({ add }) => {
      add('a', { request: { userId: 'ann' } });
      add('a', { request: { userId: 'bob' } });
    });
    const after = later();
    after.add('a', { request: { userId: 'bob' } });
    after.add('a', { request: { userId: 'cy' } });
    after.groups.restore(saved);
    expect(after.group('a')).toMatchObject({ count: 4, users: 3, hasMoreUsers: false });
  });

  it('has no more users than are told apart', () => {
    const saved = savedAfter(({ add }) => add('a', { request: { userId: 'ann' } }));
    const after = later({ maxUsersPerGroup: 1 });
    after.add('a', { request: { userId: 'bob' } });
    after.groups.restore(saved);
    expect(after.group('a')).toMatchObject({ users: 1, hasMoreUsers: true });
  });

  it('keeps the category and the severity that it was given since', () => {
    const saved = savedAfter(({ add, groups }) => {
      add('a');
      groups.setSeverity(groupId('a'), 'low', { by: 'ann' });
      groups.setCategory(groupId('a'), 'database', { by: 'ann' });
    });
    const after = later();
    after.add('a');
    after.groups.setSeverity(groupId('a'), 'critical', { by: 'bob' });
    after.groups.setCategory(groupId('a'), 'network', { by: 'bob' });
    after.groups.restore(saved);
    expect(after.group('a')).toMatchObject({ severity: 'critical', category: 'network' });
  });

  it('keeps the state that somebody gave it since', () => {
    const saved = savedAfter(({ add, groups }) => {
      add('a');
      groups.resolve(groupId('a'), { by: 'ann' });
    });
    const after = later();
    after.add('a');
    after.groups.acknowledge(groupId('a'), { by: 'bob' });
    after.groups.restore(saved);
    expect(after.group('a')).toMatchObject({ state: 'acknowledged', isRegressed: false });
    expect(after.group('a').history.map(({ to, by }) => [to, by])).toEqual([['acknowledged', 'bob']]);
  });

  it.each([
    [2, 'ignored'],
    [3, 'open'],
  ])('that was ignored until three more have come is %s more: %s', (more, state) => {
    const saved = savedAfter(({ add, groups }) => {
      add('a');
      groups.ignore(groupId('a'), { forCount: 3 });
    });
    const after = later();
    after.addMany('a', more);
    after.groups.restore(saved);
    expect(after.group('a')).toMatchObject({ count: 1 + more, state });
  });
});

describe('groups that are brought back step by step', () => {
  /** Forty groups are a step. */
  const saved = savedAfter(({ add, host }) => {
    for (let index = 0; index < 100; index += 1) {
      add(`old ${index}`);
      host.advance(SECOND);
    }
  });

  it('add up with what comes between the steps, which is newer than all of them', () => {
    const after = later({ maxGroups: 102 });
    const steps = after.groups.archive.restoreEach(saved);
    let number = 0;
    for (let step = steps.next(); step.done !== true; step = steps.next()) {
      after.add(`new ${number % 2}`);
      after.add('old 99');
      number += 1;
    }
    expect(number).toBeGreaterThan(3);
    expect(after.groups.counts()).toMatchObject({ groups: 102, errors: 100 + 2 * number });
    expect(after.group('old 99').count).toBe(1 + number);
    const shown = after.groups.query({}, { limit: 4 }).groups.map(({ id }) => id);
    expect(shown[0]).toBe(groupId('old 99'));
    expect(shown.slice(1, 3).toSorted()).toEqual([groupId('new 0'), groupId('new 1')]);
    expect(shown[3]).toBe(groupId('old 98'));
    // The one that goes for a new one is the one not seen for longest.
    after.add('newest');
    expect(after.groups.snapshot(groupId('old 0'))).toBeUndefined();
    expect(after.groups.snapshot(groupId('new 0'))).toBeDefined();
  });

  it('go before what came between the steps, though some of them were put back after it', () => {
    const after = later({ maxGroups: 101 });
    const steps = after.groups.archive.restoreEach(saved);
    for (let step = steps.next(), count = 0; step.done !== true; step = steps.next(), count += 1)
      if (count === 4) after.add('new');
    for (let index = 0; index < 60; index += 1) after.add(`newer ${index}`);
    expect(after.groups.snapshot(groupId('old 59'))).toBeUndefined();
    expect(after.groups.snapshot(groupId('old 60'))).toBeDefined();
    expect(after.groups.snapshot(groupId('new'))).toBeDefined();
  });

  it('make room for each other where new ones have taken it, the newest last', () => {
    const after = later({ maxGroups: 100 });
    const steps = after.groups.archive.restoreEach(saved);
    steps.next();
    after.add('new');
    let step = steps.next();
    while (step.done !== true) step = steps.next();
    expect(step.value).toEqual({ restored: 99, skipped: { room: 1, again: 0 } });
    expect(after.groups.snapshot(groupId('old 0'))).toBeUndefined();
    expect(after.groups.snapshot(groupId('old 99'))).toBeDefined();
    expect(after.groups.snapshot(groupId('new'))).toBeDefined();
    expect(after.groups.counts()).toMatchObject({ errors: 101, inGroups: 100 });
  });
});

describe('the revision of groups', () => {
  it.each<[string, (tested: Tested) => void]>([
    ['an error comes', ({ add }) => add('a')],
    ['somebody changes a group', ({ groups }) => groups.acknowledge(groupId('a'))],
    ['a group is given a severity', ({ groups }) => groups.setSeverity(groupId('a'), 'low')],
  ])('rises when %s', (_, happens) => {
    const tested = testedGroups();
    tested.add('a');
    const before = tested.groups.revision;
    happens(tested);
    expect(tested.groups.revision).toBeGreaterThan(before);
  });

  it('rises when an ignored group opens by itself', () => {
    const { add, groups, host } = testedGroups();
    add('a');
    groups.ignore(groupId('a'), { forMillis: HOUR });
    const before = groups.revision;
    host.advance(HOUR);
    expect(groups.revision).toBeGreaterThan(before);
  });

  it('rises when the sweep lets go of a resolved group', () => {
    const { add, groups, host } = testedGroups({ resolvedKeptMillis: HOUR });
    add('a');
    groups.resolve(groupId('a'));
    const before = groups.revision;
    host.advance(HOUR);
    expect(groups.counts().groups).toBe(0);
    expect(groups.revision).toBeGreaterThan(before);
  });

  it('does not rise where nothing has changed, whatever is asked for and however much time passes', () => {
    const { add, groups, host } = testedGroups();
    add('a');
    const before = groups.revision;
    for (let minute = 0; minute < 10; minute += 1) host.advance(MINUTE);
    groups.query();
    groups.snapshot(groupId('a'));
    groups.save();
    expect(groups.revision).toBe(before);
  });
});
