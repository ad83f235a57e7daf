import { describe, expect, it } from 'vitest';
import { pressureOf } from '../../../../../../runtime/src/errors/groups/statistics/groupPressure.ts';
import { groupId, HOUR, MINUTE, SECOND, testedGroups } from '../support/groupsFixture.ts';

function whole<Result>(steps: Iterator<undefined, Result>): Result {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

const pressing = { severity: 'high', count: 10, seenAgoMillis: 0, isSpiking: false, isRegressed: false } as const;

describe('how soon somebody should look at a group', () => {
  it.each([
    ['is worse', { severity: 'critical' }],
    ['came more often', { count: 100 }],
    ['is spiking', { isSpiking: true }],
    ['came back', { isRegressed: true }],
  ] as const)('is sooner where it %s', (_what, change) => {
    expect(pressureOf({ ...pressing, ...change })).toBeGreaterThan(pressureOf(pressing));
  });

  it('is half as soon after an hour without an error', () => {
    expect(pressureOf({ ...pressing, seenAgoMillis: HOUR })).toBeCloseTo(pressureOf(pressing) / 2);
  });

  it('takes a clock that was set back for now', () => {
    expect(pressureOf({ ...pressing, seenAgoMillis: -HOUR })).toBe(pressureOf(pressing));
  });
});

describe('groups at a glance', () => {
  it('are those that press, those that are new, those that came back and what was done last', () => {
    const { groups, host, add, addMany } = testedGroups();
    addMany('old', 3, { category: 'validation', release: '1' });
    add('back', { category: 'database', release: '1' });
    groups.resolve(groupId('back'), { by: 'Ada' });
    host.advance(2 * HOUR);
    add('back', { category: 'database', release: '2' });
    host.advance(SECOND);
    add('new', { category: 'system', release: '2' });
    add('seen', { category: 'validation', release: '2' });
    add('old', { category: 'validation', release: '2' });
    groups.ignore(groupId('seen'), { by: 'Bob', note: 'known' });
    const glance = whole(groups.statistics.atAGlance({ windowMillis: HOUR, release: '2' }));
    expect(glance).toMatchObject({
      standings: [
        { id: groupId('old'), state: 'open', severity: 'low' },
        { id: groupId('back'), state: 'open', severity: 'high' },
        { id: groupId('new'), state: 'open', severity: 'high' },
        { id: groupId('seen'), state: 'ignored', severity: 'low' },
      ],
      appearedCount: 1,
      appearedInRelease: 1,
      regressedCount: 1,
    });
    const ids = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id);
    expect(ids(glance.pressing)).toEqual(['back', 'new', 'old'].map(groupId));
    expect(ids(glance.appeared)).toEqual([groupId('new')]);
    expect(ids(glance.regressed)).toEqual([groupId('back')]);
    expect(glance.regressed[0]?.regressedMillis).toBe(host.wallMillis() - SECOND);
    expect(glance.olderIds).toEqual([groupId('old'), groupId('back')]);
    expect(glance.changes).toMatchObject([
      { id: groupId('seen'), from: 'open', to: 'ignored', by: 'Bob', note: 'known' },
      { id: groupId('back'), from: 'resolved', to: 'open' },
    ]);
    expect(glance.releases).toEqual([{ release: '2', lastSeenMillis: host.wallMillis() }]);
  });

  it('are the worst of the new ones, whatever many others came', () => {
    const { groups, host, add } = testedGroups();
    add('bad', { category: 'database' });
    for (let index = 0; index < 200; index += 1) {
      host.advance(10);
      add(`low-${index}`, { category: 'validation' });
    }
    const { appeared, appearedCount } = whole(
      groups.statistics.atAGlance({
        windowMillis: HOUR,
        release: undefined,
        limit: 3,
      }),
    );
    expect(appeared.map(({ id }) => id)).toEqual(['bad', 'low-199', 'low-198'].map(groupId));
    expect(appearedCount).toBe(201);
  });

  it('have those that are spiking', () => {
    const { groups, host, add, addMany } = testedGroups();
    for (let minute = 0; minute < 30; minute += 1) {
      add('spike');
      host.advance(MINUTE);
    }
    addMany('spike', 200);
    host.advance(MINUTE);
    groups.sweep();
    expect(whole(groups.statistics.atAGlance({ windowMillis: HOUR, release: undefined })).spiking).toMatchObject([
      { id: groupId('spike'), spike: { count: 200 } },
    ]);
  });

  it('are none where there are none, and a limit has its range', () => {
    const { statistics } = testedGroups().groups;
    expect(whole(statistics.atAGlance({ windowMillis: HOUR, release: undefined })).pressing).toEqual([]);
    expect(() => statistics.atAGlance({ windowMillis: HOUR, release: undefined, limit: 0 })).toThrow(RangeError);
  });
});
