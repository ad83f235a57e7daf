// @spec S5.3
import { describe, expect, it } from 'vitest';
import type { ResolutionState } from '../../../../../../runtime/src/errors/errorGroupSnapshot.ts';
import { IllegalResolutionError } from '../../../../../../runtime/src/errors/groups/resolution/illegalResolutionError.ts';
import { UnknownErrorGroupError } from '../../../../../../runtime/src/errors/groups/unknownErrorGroupError.ts';
import { DAY, groupId, HOUR, MINUTE, testedGroups, thrownBy, WALL_START } from '../support/groupsFixture.ts';

const A = groupId('a');

const WAYS = { open: [], acknowledged: ['acknowledge'], resolved: ['resolve'], ignored: ['ignore'] } as const;

function groupIn(state: ResolutionState) {
  const tested = testedGroups();
  tested.add('a');
  for (const action of WAYS[state]) tested.groups[action](A);
  return tested;
}

describe('the state of a group', () => {
  it.each([
    ['open', 'acknowledge', 'acknowledged'],
    ['open', 'resolve', 'resolved'],
    ['open', 'ignore', 'ignored'],
    ['acknowledged', 'reopen', 'open'],
    ['acknowledged', 'resolve', 'resolved'],
    ['acknowledged', 'ignore', 'ignored'],
    ['resolved', 'reopen', 'open'],
    ['ignored', 'reopen', 'open'],
    ['ignored', 'resolve', 'resolved'],
  ] as const)('is changed from %s by %s to %s', (from, action, to) => {
    const { groups, group } = groupIn(from);
    expect(groups[action](A, { by: 'ann', note: 'seen' }).state).toBe(to);
    expect(group('a').history.at(-1)).toEqual({ from, to, at: WALL_START, by: 'ann', note: 'seen' });
    expect(group('a').isRegressed).toBe(false);
  });

  it('is noted without secrets and personal data, whoever changed it', () => {
    const { groups, group } = groupIn('open');
    groups.resolve(A, { by: 'ann@shop.example', note: `password=hunter2 of ann@shop.example ${'x '.repeat(9000)}` });
    const [{ by, note } = {}] = group('a').history;
    expect(by).toBe('ann@shop.example');
    expect(note?.slice(0, 40)).toBe('password=[redacted] of [redacted] x x x ');
    expect(note).toHaveLength(1000);
  });

  it.each([
    ['open', 'reopen', 'open', ['acknowledged', 'resolved', 'ignored']],
    ['acknowledged', 'acknowledge', 'acknowledged', ['open', 'resolved', 'ignored']],
    ['resolved', 'acknowledge', 'acknowledged', ['open']],
    ['resolved', 'resolve', 'resolved', ['open']],
    ['resolved', 'ignore', 'ignored', ['open']],
    ['ignored', 'acknowledge', 'acknowledged', ['open', 'resolved']],
    ['ignored', 'ignore', 'ignored', ['open', 'resolved']],
  ] as const)('is not changed from %s by %s', (from, action, to, allowed) => {
    const { groups, group } = groupIn(from);
    const before = group('a');
    const refused = thrownBy(() => groups[action](A));
    expect(refused).toBeInstanceOf(IllegalResolutionError);
    const message = `error group "${A}" is ${from} and cannot become ${to}; allowed: ${allowed.join(', ')}`;
    expect(refused).toMatchObject({ name: 'IllegalResolutionError', groupId: A, from, to, allowed, message });
    expect(group('a')).toEqual(before);
    expect(groups.statistics.over('1m').resolutions).toBe(from === 'resolved' ? 1 : 0);
  });

  it.each(['acknowledge', 'resolve', 'ignore', 'reopen'] as const)(
    'is not changed by %s where it is not kept',
    (act) => {
      const refused = thrownBy(() => testedGroups().groups[act](A));
      expect(refused).toBeInstanceOf(UnknownErrorGroupError);
      const message =
        `no error group has the ID "${A}": none of its errors was seen here, or it was let go of since ` +
        '(resolvedKeptMillis, maxGroups, maxBytes)';
      expect(refused).toMatchObject({ name: 'UnknownErrorGroupError', groupId: A, message });
    },
  );

  it('is not changed with options that are not allowed', () => {
    const { groups, group } = groupIn('open');
    const options = { forMillis: 0.5, forCount: 0, by: 7, until: 'now' };
    expect(() => groups.ignore(A, options as object)).toThrow(
      'The resolution configuration has 4 problems:\n' +
        '  until: now (options); allowed: by, note, forMillis, forCount\n' +
        '  by: 7 (options); allowed: a text\n' +
        '  forMillis: 0.5 (options); allowed: a whole number from 1 to 31536000000\n' +
        '  forCount: 0 (options); allowed: a whole number from 1 to 1000000000',
    );
    expect(() => groups.resolve(A, { release: 1 } as object)).toThrow('release: 1 (options); allowed: a text');
    expect(() => groups.acknowledge(A, { note: null } as object)).toThrow('note: null (options); allowed: a text');
    expect(group('a')).toMatchObject({ state: 'open', history: [] });
  });

  it('takes none of the 200 places of releases where its change is refused', () => {
    const { groups, add } = groupIn('resolved');
    for (let release = 0; release < 200; release += 1)
      expect(() => groups.resolve(A, { release: `typo ${release}` })).toThrow(IllegalResolutionError);
    for (const release of ['1', '2']) add('b', { release });
    groups.reopen(A);
    groups.resolve(A, { release: '2' });
    expect(add('a', { release: '1' }).change).toBe('seen');
  });

  it('is told with the last 50 changes, and how many there were before', () => {
    const { groups, group } = groupIn('open');
    for (let round = 0; round < 30; round += 1) {
      groups.acknowledge(A, { note: `${round}` });
      groups.reopen(A);
    }
    const { history, historyLeftOut } = group('a');
    expect([history.length, historyLeftOut]).toEqual([50, 10]);
    expect(history[0]).toMatchObject({ to: 'acknowledged', note: '5' });
    expect(history.at(-1)).toMatchObject({ from: 'acknowledged', to: 'open' });
  });

  it('is told by whom and why in short', () => {
    const { groups } = groupIn('open');
    const long = 'x'.repeat(1e6);
    const [change] = groups.resolve(A, { by: long, note: long, release: long }).history;
    expect([change?.by?.length, change?.note?.length, change?.release?.length]).toEqual([200, 1000, 200]);
  });
});

describe('a resolved group', () => {
  it('is opened by the next error, as regressed, by nobody', () => {
    const { add, group, host } = groupIn('resolved');
    host.advance(HOUR);
    expect(add('a').change).toBe('regressed');
    expect(group('a')).toMatchObject({ state: 'open', isRegressed: true, count: 2 });
    expect(group('a').history.at(-1)).toEqual({ from: 'resolved', to: 'open', at: '2026-11-27T01:00:00.000Z' });
    expect(add('a').change).toBe('seen');
  });

  it('is regressed until it is resolved again', () => {
    const { groups, add, group } = groupIn('resolved');
    add('a');
    groups.acknowledge(A);
    expect(group('a').isRegressed).toBe(true);
    groups.resolve(A);
    expect(group('a').isRegressed).toBe(false);
    groups.reopen(A);
    expect(group('a').isRegressed).toBe(false);
  });

  it.each([
    ['1', 'seen'],
    ['2', 'seen'],
    ['3', 'regressed'],
    ['4', 'regressed'],
    [undefined, 'regressed'],
  ] as const)('in release 3 is by an error of release %s %s', (release, change) => {
    const { groups, add, group } = testedGroups();
    for (const seen of ['1', '2', '3']) add('a', { release: seen });
    groups.resolve(A, { release: '3' });
    expect(add('a', { ...(release !== undefined && { release }) }).change).toBe(change);
    expect(group('a')).toMatchObject({ state: change === 'seen' ? 'resolved' : 'open', count: 4 });
    expect(group('a').history[0]).toEqual({ from: 'open', to: 'resolved', at: WALL_START, release: '3' });
  });

  it('in a release that was never seen is opened by that and what is seen first after it', () => {
    const { groups, add } = testedGroups();
    add('a', { release: '1' });
    groups.resolve(A, { release: '2' });
    expect(add('a', { release: '1' }).change).toBe('seen');
    expect(add('a', { release: '2' }).change).toBe('regressed');
    groups.resolve(A, { release: '2' });
    expect(add('a', { release: '1.5' }).change).toBe('regressed');
  });

  it('is opened by releases beyond those that are put in order', () => {
    const { groups, add } = testedGroups();
    for (let release = 0; release < 250; release += 1) add('b', { release: `${release}` });
    add('a', { release: '249' });
    groups.resolve(A, { release: '240' });
    expect(add('a', { release: '7' }).change).toBe('seen');
    expect(add('a', { release: '245' }).change).toBe('regressed');
  });
});

describe('an ignored group', () => {
  it('stays ignored for good where nothing is said', () => {
    const { addMany, group, host } = groupIn('ignored');
    addMany('a', 1000);
    host.advance(300 * DAY);
    expect(group('a')).toMatchObject({ state: 'ignored', count: 1001 });
  });

  it('opens when its time is over, by itself, and is not regressed', () => {
    const { groups, add, group, host } = groupIn('open');
    groups.ignore(A, { forMillis: HOUR });
    expect(group('a').history).toMatchObject([{ to: 'ignored', until: '2026-11-27T01:00:00.000Z' }]);
    host.advance(HOUR - 1);
    expect(add('a').change).toBe('seen');
    expect(group('a').state).toBe('ignored');
    host.advance(1);
    expect(group('a')).toMatchObject({ state: 'open', isRegressed: false });
    expect(group('a').history[1]).toEqual({ from: 'ignored', to: 'open', at: '2026-11-27T01:00:00.000Z' });
  });

  it('opens by an error that comes when its time is over', () => {
    const { groups, add, host } = groupIn('open');
    groups.stop();
    groups.ignore(A, { forMillis: MINUTE });
    host.advance(MINUTE);
    expect(add('a').change).toBe('reopened');
    expect(add('a').change).toBe('seen');
  });

  it('is neither held up nor opened early by a wall clock that is set', () => {
    const { groups, group, host } = groupIn('open');
    groups.ignore(A, { forMillis: HOUR });
    host.wallShiftMillis = DAY;
    expect(group('a').state).toBe('ignored');
    host.wallShiftMillis = -DAY;
    host.advance(HOUR);
    expect(group('a').state).toBe('open');
  });

  it('opens with as many errors as were said', () => {
    const { groups, add, addMany, group } = groupIn('open');
    groups.ignore(A, { forCount: 3 });
    expect(group('a').history[0]).toMatchObject({ untilCount: 3 });
    addMany('a', 2);
    expect(group('a').state).toBe('ignored');
    expect(add('a').change).toBe('reopened');
    expect(group('a')).toMatchObject({ state: 'open', isRegressed: false, count: 4 });
  });

  it('forgets until when once it was opened', () => {
    const { groups, group, host } = groupIn('open');
    groups.ignore(A, { forMillis: MINUTE, forCount: 2 });
    groups.reopen(A);
    groups.ignore(A);
    host.advance(HOUR);
    expect(group('a').state).toBe('ignored');
  });
});
