import { describe, expect, it } from 'vitest';
import type { ErrorsResult } from '../../../../../../runtime/src/dashboard/api/errors/errorsSchema.ts';
import { errorsView } from '../../../../../../runtime/src/dashboard/api/errors/errorsView.ts';
import { answered } from '../requests/replicas.ts';
import { errorReplica, type ErrorReplica, replicaWithoutErrors, START_MILLIS } from './errorReplica.ts';

const MINUTE = 60_000;

function list(replicas: readonly Pick<ErrorReplica, 'source'>[], query: Record<string, string> = {}) {
  return answered<ErrorsResult>(errorsView, replicas, query);
}

describe('the list of groups', () => {
  it('tells of each what came, how often and since when, and of all how they came', async () => {
    const replica = errorReplica('a', { release: '1.4.2' });
    const id = replica.capture('pay', { request: { userId: 'ann' } });
    replica.host.advance(MINUTE);
    replica.capture('pay', { handled: false, request: { userId: 'bob' } });
    const { groups, total, totals, figures, course, off, ungrouped, releases } = await list([replica]);
    expect(groups).toMatchObject([
      {
        id,
        type: 'Error',
        message: 'pay failed',
        state: 'open',
        isHandled: false,
        count: 2,
        inWindow: 2,
        users: 2,
        hasMoreUsers: false,
        firstSeenMillis: START_MILLIS,
        lastSeenMillis: START_MILLIS + MINUTE,
        releases: ['1.4.2'],
        instances: ['a'],
        bars: [[12, 2]],
      },
    ]);
    expect({ total, off, ungrouped, releases }).toEqual({ total: 1, off: [], ungrouped: 0, releases: ['1.4.2'] });
    expect(totals).toEqual({
      groups: 1,
      category: { unknown: 1 },
      severity: { high: 1 },
      state: { open: 1 },
      happened: { appeared: 1 },
    });
    expect(figures).toEqual({ errors: 2, perMinute: 2, newGroups: 1, regressions: 0, spikes: 0, resolutions: 0 });
    expect(course?.slices).toHaveLength(13);
    expect(course?.slices.at(-1)).toEqual([2, 1, 0, 0]);
  });

  it('says how the newer half of the window compares with the older', async () => {
    const replica = errorReplica('a');
    for (let index = 0; index < 2; index += 1) replica.capture('pay');
    replica.host.advance(40 * MINUTE);
    for (let index = 0; index < 6; index += 1) replica.capture('pay');
    replica.host.advance(10 * MINUTE);
    expect((await list([replica])).figures.trend).toBe(3);
  });

  it('is narrowed by what is asked for; totals are of all', async () => {
    const replica = errorReplica('a');
    const [pay, stock, mail] = ['pay', 'stock', 'mail'].map((name) => replica.capture(name)) as [
      string,
      string,
      string,
    ];
    replica.tracker.groups.acknowledge(stock);
    replica.tracker.groups.resolve(mail);
    const ids = async (query: Record<string, string>) => (await list([replica], query)).groups.map(({ id }) => id);
    expect(await ids({ state: 'unresolved' })).toEqual([stock, pay]);
    expect(await ids({ state: 'resolved' })).toEqual([mail]);
    expect(await ids({ text: 'PAY' })).toEqual([pay]);
    expect(await ids({ order: 'firstSeen', limit: '2' })).toEqual([mail, stock]);
    expect(await ids({ handled: 'false' })).toEqual([]);
    expect(await ids({ happened: 'resolved' })).toEqual([mail]);
    expect(await ids({ happened: 'regressed' })).toEqual([]);
    expect(await ids({ instance: 'b' })).toEqual([]);
    const { total, totals } = await list([replica], { state: 'resolved' });
    expect({ total, state: totals.state }).toEqual({ total: 1, state: { open: 1, acknowledged: 1, resolved: 1 } });
  });

  it('shows texts of others without what is not to be seen in them, and cut', async () => {
    const replica = errorReplica('a');
    replica.capture('x', {}, new Error(`a\u202Eb\u0000c${'x'.repeat(5000)}`));
    const [group] = (await list([replica])).groups;
    expect(group?.message.slice(0, 5)).toBe('a\uFFFDb\uFFFDc');
    expect(group?.message.length).toBeLessThanOrEqual(300);
  });

  it('says which instances do not track errors', async () => {
    const { course, off, groups } = await list([replicaWithoutErrors('b')]);
    expect({ course, off, groups }).toEqual({ course: undefined, off: ['b'], groups: [] });
    expect((await list([errorReplica('a'), replicaWithoutErrors('b')])).off).toEqual(['b']);
  });

  it.each([
    { window: '2h' },
    { order: 'worst' },
    { limit: '0' },
    { limit: '10001' },
    { limit: 'many' },
    { state: 'closed' },
    { severity: 'bad' },
    { category: 'x' },
    { text: '' },
    { text: 'x'.repeat(501) },
    { handled: 'maybe' },
    { happened: 'open' },
    { colour: 'red' },
  ])('refuses %j', (query) => {
    expect(() => errorsView.parse(query)).toThrow(/invalid|expected|unrecognized|too/i);
  });
});

describe('the list of groups of several replicas', () => {
  it('adds up what each saw of a group, be it among the first of it or not', async () => {
    const a = errorReplica('a');
    const b = errorReplica('b');
    const id = a.capture('pay', { request: { userId: 'ann' } });
    b.capture('pay', { request: { userId: 'ann' } });
    b.capture('pay');
    b.host.advance(1000);
    b.capture('stock');
    const { groups, total, totals, figures } = await list([a, b], { limit: '1', order: 'firstSeen' });
    expect(groups).toHaveLength(1);
    expect({ total, groups: totals.groups, errors: figures.errors }).toEqual({ total: 2, groups: 2, errors: 4 });
    const all = await list([a, b], { limit: '1', order: 'count', text: 'pay' });
    expect(all.groups).toMatchObject([
      { id, count: 3, inWindow: 3, users: 1, hasMoreUsers: true, instances: ['a', 'b'] },
    ]);
    expect(all.groups[0]?.bars).toEqual([[12, 3]]);
    expect(all.total).toBe(1);
  });

  it('has a group open that is open on one of them, and counts it as that', async () => {
    const a = errorReplica('a');
    const b = errorReplica('b');
    const id = a.capture('pay');
    b.capture('pay');
    a.tracker.groups.resolve(id, { by: 'jane' });
    expect((await list([a, b], { state: 'resolved' })).total).toBe(0);
    const { groups, totals } = await list([a, b], { state: 'unresolved' });
    expect(groups).toMatchObject([{ id, state: 'open', count: 2 }]);
    expect(totals.state).toEqual({ open: 1 });
  });

  it('tells what happened to a group on any of them, but has it new only where it is new on all', async () => {
    const a = errorReplica('a');
    const known = a.capture('known');
    a.host.advance(2 * 60 * MINUTE);
    const b = errorReplica('b');
    b.host.advance(2 * 60 * MINUTE);
    const back = a.capture('back');
    for (const replica of [a, b]) replica.capture('back');
    b.capture('known');
    const fresh = b.capture('fresh');
    for (const replica of [a, b]) replica.tracker.groups.resolve(back);
    for (const replica of [a, b]) replica.capture('back');
    const ids = async (happened: string) => {
      const { groups, total, totals } = await list([a, b], { happened, limit: '5' });
      expect([total, groups.length]).toEqual([totals.happened[happened as 'appeared'] ?? 0, total]);
      return groups.map(({ id }) => id).sort();
    };
    expect(await ids('appeared')).toEqual([back, fresh].sort());
    expect(await ids('regressed')).toEqual([back]);
    expect(await ids('resolved')).toEqual([back]);
    expect(await ids('spiked')).toEqual([]);
    const { figures, groups } = await list([a, b], { limit: '1', text: 'known' });
    expect(figures).toMatchObject({ newGroups: 4, regressions: 2, resolutions: 2 });
    expect(groups).toMatchObject([{ id: known, happened: [] }]);
  });

  it('puts slices of another clock to the nearest of the first', async () => {
    const a = errorReplica('a');
    a.capture('pay');
    a.host.advance(10 * MINUTE);
    const b = errorReplica('b');
    b.host.advance(7 * MINUTE);
    b.capture('pay');
    b.host.advance(9 * MINUTE);
    const { course, groups } = await list([a, b]);
    expect(course?.slices.map(([errors]) => errors)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0]);
    expect(groups[0]?.bars).toEqual([
      [10, 1],
      [11, 1],
    ]);
  });

  it('is in order over all of them', async () => {
    const a = errorReplica('a');
    const b = errorReplica('b');
    a.capture('one');
    b.host.advance(1000);
    b.capture('two');
    a.host.advance(2000);
    a.capture('three');
    const messages = (await list([a, b])).groups.map(({ message }) => message);
    expect(messages).toEqual(['three failed', 'two failed', 'one failed']);
  });
});
