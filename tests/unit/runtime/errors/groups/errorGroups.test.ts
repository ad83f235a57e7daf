import { describe, expect, it } from 'vitest';
import { DAY, groupId, MINUTE, testedGroups, WALL_START } from './support/groupsFixture.ts';

describe('ErrorGroups', () => {
  it('tells all of a group whose first error was added', () => {
    const { add, group } = testedGroups();
    const error = { code: 'E_ONE' };
    const change = add('a', {
      error,
      request: { userId: 'ann' },
      release: '1.0.0',
      culprit: 'src/a.ts:1 total',
      category: 'validation',
    });
    expect(change).toEqual({ change: 'new', category: 'validation', severity: 'low', number: 1, isEventKept: true });
    const { events, ...rest } = group('a');
    expect(events).toMatchObject([{ error, release: '1.0.0' }]);
    expect(rest).toEqual({
      id: groupId('a'),
      type: 'TypeError',
      message: 'x is not a function',
      code: 'E_ONE',
      culprit: 'src/a.ts:1 total',
      category: 'validation',
      severity: 'low',
      count: 1,
      users: 1,
      hasMoreUsers: false,
      firstSeenAt: WALL_START,
      lastSeenAt: WALL_START,
      firstRelease: '1.0.0',
      lastRelease: '1.0.0',
      releases: [{ release: '1.0.0', count: 1 }],
      inOtherReleases: 0,
      state: 'open',
      isRegressed: false,
      history: [],
      historyLeftOut: 0,
    });
  });

  it('counts every error of a known group, and is what the newest one was', () => {
    const { add, addMany, group, host } = testedGroups();
    addMany('a', 99, { error: { code: 'OLD' }, culprit: 'old' });
    host.advance(MINUTE);
    expect(add('a', { error: { type: 'RangeError', message: 'new' }, category: 'network' }).change).toBe('seen');
    expect(group('a')).toMatchObject({ count: 100, type: 'RangeError', message: 'new', category: 'network' });
    expect(group('a')).not.toHaveProperty('code');
    expect(group('a')).not.toHaveProperty('culprit');
    expect(group('a')).toMatchObject({ firstSeenAt: WALL_START, lastSeenAt: '2026-11-27T00:01:00.000Z' });
  });

  it('gives snapshots that are frozen and do not change any more', () => {
    const { add, group } = testedGroups();
    add('a', { release: '1' });
    const before = group('a');
    add('a', { release: '1' });
    expect(before.count).toBe(1);
    const { history, events, releases } = before;
    for (const each of [before, history, events, releases, releases[0]]) expect(Object.isFrozen(each)).toBe(true);
  });

  it('knows nothing of a group that it never saw, whatever is asked for', () => {
    const { groups } = testedGroups();
    for (const id of ['a', '', '__proto__', 'constructor']) expect(groups.snapshot(id)).toBeUndefined();
    const odd: unknown = {};
    expect(groups.snapshot(odd as string)).toBeUndefined();
  });

  it('counts and orders the same when the wall clock is set back', () => {
    const { groups, add, addMany, host, group } = testedGroups();
    add('a');
    host.advance(MINUTE);
    host.wallShiftMillis = -DAY;
    addMany('b', 2);
    add('a');
    expect(group('a')).toMatchObject({ count: 2, firstSeenAt: WALL_START, lastSeenAt: '2026-11-26T00:01:00.000Z' });
    expect(groups.query().groups.map(({ id }) => id)).toEqual([groupId('a'), groupId('b')]);
    expect(groups.statistics.over('1m').errors).toBe(4);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, -8.65e15])('shows a clock that says %d as 1970', (atMillis) => {
    const { add, group } = testedGroups();
    add('a', { atMillis });
    expect(group('a').lastSeenAt).toBe('1970-01-01T00:00:00.000Z');
  });

  it('keeps counting after it was stopped, without a timer', () => {
    const { groups, add, group, host } = testedGroups();
    expect(host.timerCount).toBe(1);
    groups.stop();
    groups.stop();
    expect(host.timerCount).toBe(0);
    add('a');
    expect(group('a').count).toBe(1);
  });

  it.each(['__proto__', 'constructor', 'line\nbreak', '\ud800', '=1+1', '<b>', ''])('takes %j for a text', (text) => {
    const { groups, add } = testedGroups();
    add(text, { error: { type: text, code: text, message: text }, release: text, request: { userId: text } });
    const snapshot = groups.snapshot(groupId(text));
    expect(snapshot).toMatchObject({ type: text, code: text, message: text, users: 1, lastRelease: text });
    expect(groups.query({ release: text, userId: text, text }).groups).toEqual([snapshot]);
  });

  it('cuts texts that nobody has cut before', () => {
    const { groups, add, group } = testedGroups();
    const long = 'x'.repeat(1e6);
    for (const name of ['a', 'a'])
      add(name, {
        error: { type: long, code: long, message: long },
        culprit: long,
        release: long,
        request: { userId: long },
      });
    const { type, code, message, culprit, lastRelease, events, users } = group('a');
    expect([type, code, message, culprit, lastRelease].map((text) => text?.length)).toEqual([
      200, 200, 4096, 1000, 200,
    ]);
    expect([events, users]).toEqual([[], 1]);
    expect(groups.counts()).toMatchObject({ events: 0, eventsLeftOut: { size: 2, rate: 0, trace: 0, room: 0 } });
    expect(groups.counts().bytes).toBeLessThan(600_000);
  });
});

describe('users of a group', () => {
  it('are counted once each, up to a bound, and are at least as many beyond', () => {
    const { add, group } = testedGroups({ maxUsersPerGroup: 2 });
    for (const userId of ['ann', 'ben', 'ann', 'ann', 'ben']) add('a', { request: { userId } });
    add('a');
    expect(group('a')).toMatchObject({ users: 2, hasMoreUsers: false });
    for (const userId of ['cid', 'cid', 'ann']) add('a', { request: { userId } });
    expect(group('a')).toMatchObject({ users: 2, hasMoreUsers: true });
  });

  it('take a quarter of the memory at most, which other groups get back', () => {
    const { groups, add, group } = testedGroups({ maxBytes: 4_000_000, maxUsersPerGroup: 100_000, maxGroups: 2 });
    const long = 'u'.repeat(190);
    for (let user = 0; user < 3000; user += 1) add('a', { request: { userId: `${long}${user}` } });
    expect(group('a').hasMoreUsers).toBe(true);
    expect(group('a').users).toBeGreaterThan(2000);
    expect(groups.counts().bytes).toBeLessThan(2_000_000);
    add('b', { request: { userId: long } });
    expect(group('b')).toMatchObject({ users: 0, hasMoreUsers: true });
    groups.resolve(groupId('a'));
    add('c');
    expect(groups.snapshot(groupId('a'))).toBeUndefined();
    add('b', { request: { userId: long } });
    expect(group('b')).toMatchObject({ users: 1, hasMoreUsers: true });
  });
});

describe('releases of a group', () => {
  it('are counted each, the first 20, and the first and the last are told', () => {
    const { add, group } = testedGroups();
    for (let release = 1; release <= 22; release += 1) add('a', { release: `1.${release}` });
    expect(group('a').lastRelease).toBe('1.22');
    add('a', { release: '1.2' });
    add('a');
    const { firstRelease, lastRelease, releases, inOtherReleases } = group('a');
    expect([firstRelease, lastRelease, releases.length, inOtherReleases]).toEqual(['1.1', '1.2', 20, 2]);
    expect(releases.slice(0, 2)).toEqual([
      { release: '1.1', count: 1 },
      { release: '1.2', count: 2 },
    ]);
  });
});
