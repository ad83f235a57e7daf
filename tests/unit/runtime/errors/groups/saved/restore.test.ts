import { describe, expect, it } from 'vitest';
import type { SavedErrorGroups } from '../../../../../../runtime/src/errors/groups/saved/savedErrorGroups.ts';
import { DAY, groupId, HOUR, MINUTE, testedGroups } from '../support/groupsFixture.ts';

/** What a file gives back. */
function asText(saved: SavedErrorGroups): SavedErrorGroups {
  return JSON.parse(JSON.stringify(saved)) as SavedErrorGroups;
}

/** Groups of a process with groups in every state, `days` after which another process begins. */
function restarted(afterMillis: number) {
  const before = testedGroups();
  before.add('open', { release: '1', request: { userId: 'ann' }, isHandled: false });
  before.host.advance(MINUTE);
  before.add('resolved', { release: '1' });
  before.add('ignored');
  before.groups.resolve(groupId('resolved'), { by: 'ann', note: 'fixed', release: '2' });
  before.groups.ignore(groupId('ignored'), { by: 'bob', forMillis: DAY });
  before.groups.setSeverity(groupId('open'), 'critical', { by: 'cy' });
  const saved = asText(before.groups.save());
  const after = testedGroups();
  after.host.wallShiftMillis = MINUTE + afterMillis;
  return { before, saved, after, result: after.groups.restore(saved) };
}

describe('restored groups', () => {
  it('are as they were saved', () => {
    const { before, after, result } = restarted(HOUR);
    expect(result).toEqual({ restored: 3, skipped: { room: 0, again: 0 } });
    expect(after.groups.query().groups).toEqual(before.groups.query().groups);
    expect(after.groups.counts()).toMatchObject({ errors: 3, inGroups: 3, groups: 3, events: 3 });
  });

  it('are saved as they were', () => {
    const { saved, after } = restarted(HOUR);
    expect(asText(after.groups.save())).toEqual({ ...saved, savedMillis: saved.savedMillis + HOUR });
  });

  it('stay resolved for errors of older releases, and come back with the one they are resolved in', () => {
    const { after } = restarted(HOUR);
    expect(after.add('resolved', { release: '1' }).change).toBe('seen');
    expect(after.add('resolved', { release: '2' }).change).toBe('regressed');
    expect(after.groups.snapshot(groupId('resolved'))).toMatchObject({ count: 3, state: 'open', isRegressed: true });
  });

  it('are ignored no longer than was said, however long the process was away', () => {
    expect(restarted(DAY - 1).after.groups.snapshot(groupId('ignored'))?.state).toBe('ignored');
    expect(restarted(DAY).after.groups.snapshot(groupId('ignored'))?.state).toBe('open');
  });

  it('count a user who comes again once', () => {
    const { after } = restarted(HOUR);
    after.add('open', { request: { userId: 'ann' } });
    after.add('open', { request: { userId: 'dan' } });
    expect(after.groups.snapshot(groupId('open'))).toMatchObject({ count: 3, users: 2, severity: 'critical' });
  });

  it('come after those seen since, page by page', () => {
    const { after } = restarted(HOUR);
    after.add('new');
    const first = after.groups.query({}, { limit: 2, order: 'firstSeen' });
    expect(first.groups.map(({ id }) => id)).toEqual([groupId('new'), groupId('ignored')]);
    const second = after.groups.query({}, { limit: 2, order: 'firstSeen', cursor: first.cursor });
    expect(second.groups.map(({ id }) => id)).toEqual([groupId('resolved'), groupId('open')]);
    expect(second.nextCursor).toBeUndefined();
  });

  it('add up with what came meanwhile, which opens what was resolved', () => {
    const { saved } = restarted(HOUR);
    const late = testedGroups();
    late.host.wallShiftMillis = HOUR;
    late.add('resolved', { release: '3' });
    late.groups.restore(saved);
    expect(late.groups.snapshot(groupId('resolved'))).toMatchObject({
      count: 2,
      state: 'open',
      isRegressed: true,
      firstSeenAt: '2026-11-27T00:01:00.000Z',
      lastSeenAt: '2026-11-27T01:00:00.000Z',
      firstRelease: '1',
      lastRelease: '3',
    });
  });

  it('are brought back once', () => {
    const { after, saved } = restarted(HOUR);
    expect(after.groups.restore(saved)).toEqual({ restored: 0, skipped: { room: 0, again: 3 } });
    expect(after.groups.counts().errors).toBe(3);
  });

  it('leave out those that nobody has touched where there is no room', () => {
    const { saved } = restarted(HOUR);
    const small = testedGroups({ maxGroups: 3 });
    small.add('new');
    const [open] = saved.groups;
    if (open === undefined) throw new Error('nothing was saved');
    const { severityOverride: _, ...untouched } = open;
    const result = small.groups.restore({ ...saved, groups: [untouched, ...saved.groups.slice(1)] });
    expect(result).toEqual({ restored: 2, skipped: { room: 1, again: 0 } });
    expect(small.groups.snapshot(groupId('open'))).toBeUndefined();
  });

  it('have texts that are redacted again', () => {
    const { saved } = restarted(HOUR);
    const secret = 'postgres://shop:hunter2@db/orders';
    const groups = saved.groups.map((group) => ({ ...group, message: secret }));
    const after = testedGroups();
    after.groups.restore({ ...saved, groups });
    expect(JSON.stringify(after.groups.save())).not.toContain('hunter2');
  });
});
