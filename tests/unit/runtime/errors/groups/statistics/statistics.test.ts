// @spec S5.4
import { describe, expect, it } from 'vitest';
import type { ErrorWindow } from '../../../../../../runtime/src/errors/groups/statistics/errorWindows.ts';
import { DAY, groupId, HOUR, MINUTE, SECOND, testedGroups } from '../support/groupsFixture.ts';

const A = groupId('a');
const QUIET = { errors: 0, perMinute: 0, shed: 0, newGroups: 0, regressions: 0, spikes: 0, resolutions: 0 };

describe('the statistics of a window', () => {
  it('are of nothing where nothing happened', () => {
    const { groups } = testedGroups();
    const figures = groups.statistics.over('1h');
    expect(figures).toMatchObject({ window: '1h', windowMillis: 1000, ...QUIET });
    expect(figures).not.toHaveProperty('meanMillisToResolve');
    expect(Object.values(figures.byCategory)).toHaveLength(8);
    expect(Object.values(figures.bySeverity)).toEqual([QUIET, QUIET, QUIET, QUIET]);
  });

  it('are of all errors, and of each category and severity as it was', () => {
    const { groups, add, addMany, host } = testedGroups();
    addMany('a', 6, { category: 'database' });
    addMany('b', 2, { category: 'validation' });
    host.advance(2 * MINUTE);
    add('a', { category: 'database', isHandled: false, isUncaught: true });
    const { byCategory, bySeverity, ...all } = groups.statistics.over('5m');
    expect(all).toEqual({ ...QUIET, window: '5m', windowMillis: 2 * MINUTE, errors: 9, perMinute: 4.5, newGroups: 2 });
    expect(byCategory.database).toEqual({ ...QUIET, errors: 7, perMinute: 3.5, newGroups: 1 });
    expect(byCategory.validation).toEqual({ ...QUIET, errors: 2, perMinute: 1, newGroups: 1 });
    expect(byCategory.network).toEqual(QUIET);
    expect(bySeverity.critical).toEqual({ ...QUIET, errors: 1, perMinute: 0.5 });
    expect([bySeverity.high.errors, bySeverity.low.errors, bySeverity.medium.errors]).toEqual([6, 2, 0]);
  });

  it.each([
    ['1m', 50 * SECOND, 71 * SECOND],
    ['5m', 4 * MINUTE, 5 * MINUTE + 11 * SECOND],
    ['1h', 55 * MINUTE, 66 * MINUTE],
    ['24h', 23 * HOUR, 26 * HOUR],
    ['7d', 6 * DAY, 7 * DAY + 7 * HOUR],
  ] as const)('of %s hold what happened %d ms ago, and not what happened %d ms ago', (window, within, without) => {
    const { groups, addMany, host } = testedGroups();
    const errors = (): readonly (number | undefined)[] => [
      groups.statistics.over(window).errors,
      groups.statistics.group(A, window)?.errors,
    ];
    host.advance(3 * HOUR + 17 * SECOND);
    addMany('a', 3);
    host.advance(within);
    expect(errors()).toEqual([3, 3]);
    host.advance(without - within);
    expect(errors()).toEqual([0, 0]);
  });

  it('lose nothing while what is old is put together', () => {
    const { groups, add, host } = testedGroups();
    for (let step = 0; step < 7 * 24 * 6; step += 1) {
      add('a');
      host.advance(10 * MINUTE);
    }
    const windows: readonly ErrorWindow[] = ['1m', '5m', '1h', '24h', '7d'];
    expect(windows.map((window) => groups.statistics.over(window).errors)).toEqual([0, 0, 6, 144, 1008]);
    expect(windows.map((window) => groups.statistics.group(A, window)?.errors)).toEqual([0, 0, 6, 144, 1008]);
    expect(groups.statistics.over('7d').perMinute).toBeCloseTo(0.1, 10);
  });

  it('tell how long it took to resolve, from when a group came or came back', () => {
    const { groups, add, host } = testedGroups();
    add('a');
    host.advance(MINUTE);
    groups.acknowledge(A);
    host.advance(MINUTE);
    groups.resolve(A);
    expect(groups.statistics.over('1h')).toMatchObject({ resolutions: 1, meanMillisToResolve: 2 * MINUTE });
    host.advance(HOUR);
    add('a', { category: 'network' });
    host.advance(6 * MINUTE);
    groups.resolve(A);
    expect(groups.statistics.over('24h')).toMatchObject({
      resolutions: 2,
      regressions: 1,
      meanMillisToResolve: 4 * MINUTE,
      byCategory: { network: { resolutions: 1, meanMillisToResolve: 6 * MINUTE } },
    });
  });

  it('tell of no resolution that somebody has taken back, whenever, and of the time from when the group came first', () => {
    const { groups, add, host } = testedGroups();
    add('a', { category: 'network' });
    host.advance(72 * HOUR);
    groups.resolve(A);
    for (const pause of [0, MINUTE, 5 * HOUR]) {
      add('b');
      host.advance(pause);
      groups.reopen(A);
      const { resolutions, byCategory } = groups.statistics.over('7d');
      expect([resolutions, byCategory.network.resolutions, groups.statistics.over('1m').resolutions]).toEqual([
        0, 0, 0,
      ]);
      expect(groups.statistics.over('7d')).not.toHaveProperty('meanMillisToResolve');
      groups.acknowledge(A);
      groups.reopen(A);
      groups.resolve(A);
    }
    const took = 77 * HOUR + MINUTE;
    expect(groups.statistics.over('7d')).toMatchObject({ resolutions: 1, meanMillisToResolve: took });
    host.advance(MINUTE);
    expect(add('a', { category: 'validation' }).change).toBe('regressed');
    host.advance(MINUTE);
    groups.acknowledge(A);
    groups.reopen(A);
    groups.resolve(A);
    const { byCategory, ...all } = groups.statistics.over('7d');
    expect(all).toMatchObject({ resolutions: 2, meanMillisToResolve: (took + MINUTE) / 2 });
    expect(byCategory.validation).toMatchObject({ resolutions: 1, meanMillisToResolve: MINUTE });
    host.advance(9 * DAY - HOUR);
    add('c');
    expect(groups.statistics.over('7d').resolutions).toBe(0);
  });

  it('take a resolution back that is older than all windows, of which nothing is told any more', () => {
    const { groups, add, host } = testedGroups({ resolvedKeptMillis: 30 * DAY });
    add('a');
    groups.resolve(A);
    host.advance(20 * DAY);
    groups.reopen(A);
    expect(groups.statistics.over('7d').resolutions).toBe(0);
    groups.resolve(A);
    expect(groups.statistics.over('7d')).toMatchObject({ resolutions: 1, meanMillisToResolve: 20 * DAY });
  });

  it('count the time for which a group was ignored as any other before it was resolved', () => {
    const { groups, add, host } = testedGroups();
    add('a');
    groups.ignore(A);
    host.advance(3 * DAY);
    groups.resolve(A);
    expect(groups.statistics.over('1h').meanMillisToResolve).toBe(3 * DAY);
  });

  it('are of no other windows', () => {
    const { groups } = testedGroups();
    const wrong = new RangeError('window is "2h"; allowed: 1m, 5m, 1h, 24h, 7d');
    expect(() => groups.statistics.over('2h' as '1h')).toThrow(wrong);
    expect(() => groups.statistics.groups('2h' as '1h')).toThrow(wrong);
    expect(() => groups.statistics.timeline('2h' as '1h')).toThrow(wrong);
  });
});

describe('the groups of a window', () => {
  it('are those with the most errors first, and say what is new and what came back', () => {
    const { groups, add, addMany, host } = testedGroups();
    addMany('c', 5);
    addMany('a', 1);
    groups.resolve(A);
    host.advance(10 * MINUTE);
    addMany('a', 2);
    addMany('b', 3);
    add('c');
    expect(groups.statistics.groups('5m')).toMatchObject([
      { id: groupId('b'), errors: 3, isNew: true, isRegressed: false },
      { id: A, errors: 2, isNew: false, isRegressed: true },
      { id: groupId('c'), errors: 1, isNew: false, isRegressed: false },
    ]);
    expect(groups.statistics.groups('1h', 1)).toMatchObject([{ id: groupId('c'), errors: 6, perMinute: 0.6 }]);
    expect(() => groups.statistics.groups('1h', 0)).toThrow('limit is 0; allowed: a whole number from 1 to 1000');
    expect(groups.statistics.group('unknown', '1h')).toBeUndefined();
  });
});

describe('a timeline', () => {
  it('has a bar for each slice, the empty ones too', () => {
    const { groups, addMany, host } = testedGroups();
    addMany('a', 2);
    host.advance(30 * MINUTE);
    addMany('b', 3);
    const bars = groups.statistics.timeline('1h');
    expect(bars).toHaveLength(13);
    expect(bars.filter(({ errors }) => errors > 0)).toEqual([
      { startedAt: '2026-11-27T00:00:00.000Z', sliceMillis: 5 * MINUTE, errors: 2 },
      { startedAt: '2026-11-27T00:30:00.000Z', sliceMillis: 5 * MINUTE, errors: 3 },
    ]);
    expect(
      groups.statistics
        .timeline('1h', A)
        .map(({ errors }) => errors)
        .filter(Boolean),
    ).toEqual([2]);
    expect(groups.statistics.timeline('1m', 'unknown').every(({ errors }) => errors === 0)).toBe(true);
  });
});

describe('a spiking group', () => {
  it('is told once, with how much, until it does not spike any more', () => {
    const { groups, add, addMany, host, group } = testedGroups();
    const spikes: unknown[] = [];
    groups.listen({ spiked: ({ id }, { count, expected }) => spikes.push([id, count, expected]) });
    for (let minute = 0; minute < 30; minute += 1) {
      add('a');
      add('b');
      host.advance(MINUTE);
    }
    expect(spikes).toEqual([]);
    addMany('a', 30);
    expect(group('a')).not.toHaveProperty('spike');
    host.advance(MINUTE);
    expect(spikes).toEqual([[A, 30, 1]]);
    expect(group('a').spike).toMatchObject({ count: 30, expected: 1 });
    expect(groups.statistics.group(A, '1h')).toMatchObject({ spike: { count: 30 } });
    expect(groups.statistics.over('1h').spikes).toBe(1);
    addMany('a', 100);
    host.advance(MINUTE);
    expect(spikes).toHaveLength(1);
    host.advance(MINUTE);
    expect(group('a')).not.toHaveProperty('spike');
  });

  it('is told of each minute that is over since the last look, however late that was', () => {
    const { groups, add, addMany, host, group } = testedGroups({ sweepIntervalMillis: MINUTE });
    const spikes: unknown[] = [];
    groups.listen({ spiked: ({ id }, { count, expected }) => spikes.push([id, count, expected]) });
    groups.stop();
    const untilMinute = (minutes: number, millis: number): void =>
      host.advance(minutes * MINUTE + millis - host.monotonicMillis());
    for (let minute = 0; minute < 20; minute += 1) {
      for (const name of 'ab') add(name);
      untilMinute(minute, 59_990);
      groups.sweep();
      untilMinute(minute + 1, 0);
    }
    addMany('a', 300);
    untilMinute(20, 59_990);
    groups.sweep();
    // The next timer is 15 ms late: a whole minute lies between the two.
    untilMinute(22, 5);
    groups.sweep();
    expect(spikes).toEqual([[A, 300, 1]]);
    untilMinute(25, 0);
    addMany('b', 200);
    untilMinute(30, 0);
    groups.sweep();
    expect(spikes.slice(1)).toEqual([[groupId('b'), 200, expect.closeTo(19 / 24, 9)]]);
    expect(group('b')).not.toHaveProperty('spike');
    expect(groups.statistics.over('1h').spikes).toBe(2);
  });

  it('is not one that has just begun, nor one whose minute was long ago', () => {
    const { groups, addMany, host } = testedGroups();
    const spikes: unknown[] = [];
    groups.listen({ spiked: (group) => spikes.push(group) });
    for (let minute = 0; minute < 3; minute += 1) {
      addMany('a', 50 * (minute + 1));
      host.advance(MINUTE);
    }
    groups.stop();
    host.advance(20 * MINUTE);
    addMany('a', 500);
    host.advance(2 * HOUR);
    groups.sweep();
    expect(spikes).toEqual([]);
  });
});
