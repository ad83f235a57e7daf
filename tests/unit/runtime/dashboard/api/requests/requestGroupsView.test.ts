import { describe, expect, it } from 'vitest';
import type { RequestGroupsResult } from '../../../../../../runtime/src/dashboard/api/requests/requestGroupsSchema.ts';
import { requestGroupsView } from '../../../../../../runtime/src/dashboard/api/requests/requestGroupsView.ts';
import { seededRandom } from '../../../../../support/seededRandom.ts';
import { endAfter, SECOND } from '../../../requests/support/trackerFixture.ts';
import { answered, replica, replicaWithout } from './replicas.ts';

function groups(...given: Parameters<typeof answered> extends [unknown, ...infer Rest] ? Rest : never) {
  return answered<RequestGroupsResult>(requestGroupsView, ...given);
}

describe('the view of groups of requests', () => {
  it('tells of one instance the same as its statistics', async () => {
    const one = replica('a');
    for (const millis of [10, 600, 30]) endAfter(one, { operation: 'GET /' }, { millis, failed: millis === 30 });
    const result = await groups([one]);
    const expected = one.tracker.statistics.read({ window: '1h', operation: 'GET /' });
    const { window: _window, coveredSeconds, ...statistics } = expected ?? {};
    expect(result).toEqual({
      off: [],
      all: statistics,
      coveredSeconds,
      groups: [{ key: 'GET /', statistics }],
      total: 1,
      countBeyond: 0,
    });
  });

  it('takes percentiles of all instances together, within 1 % of the exact ones', async () => {
    const random = seededRandom(3);
    const replicas = [replica('a'), replica('b'), replica('c')];
    const taken: number[] = [];
    // One of them is much slower than the others: a mean of percentiles would be far off.
    for (const [index, one] of replicas.entries()) {
      for (let request = 0; request < 300; request += 1) {
        const millis = Math.floor(random() * 100) + (index === 2 ? 900 : 1);
        taken.push(millis);
        endAfter(one, { operation: 'GET /' }, { millis });
      }
    }
    taken.sort((a, b) => a - b);
    const durations = (await groups(replicas)).groups[0]?.statistics.durations;
    for (const [name, share] of [
      ['p50Millis', 0.5],
      ['p95Millis', 0.95],
      ['p99Millis', 0.99],
    ] as const) {
      const exact = taken[Math.ceil(share * taken.length) - 1] ?? Number.NaN;
      expect(Math.abs((durations?.[name] ?? Number.NaN) / exact - 1)).toBeLessThanOrEqual(0.01);
    }
    expect(durations).toMatchObject({ minMillis: taken[0], maxMillis: taken.at(-1) });
    expect(durations?.meanMillis).toBeCloseTo(taken.reduce((sum, millis) => sum + millis, 0) / taken.length, 6);
  });

  it('adds rates up, each of the time that its instance covers', async () => {
    const [old, young] = [replica('a'), replica('b')];
    for (let request = 0; request < 100; request += 1) endAfter(old, { operation: 'GET /' }, { millis: SECOND });
    for (let request = 0; request < 20; request += 1) endAfter(young, { operation: 'GET /' }, { millis: SECOND / 2 });
    const { all, coveredSeconds } = await groups([old, young]);
    expect(all?.ratePerSecond).toBeCloseTo(1 + 2, 6);
    expect(coveredSeconds).toBe(100);
  });

  it.each([
    [{}, ['busy', 'slow', 'bad']],
    [{ direction: 'up' }, ['bad', 'slow', 'busy']],
    [{ order: 'errorRatio' }, ['bad', 'busy', 'slow']],
    [{ order: 'p99' }, ['slow', 'bad', 'busy']],
    [{ order: 'key', direction: 'up' }, ['bad', 'busy', 'slow']],
    [{ text: 'S' }, ['busy', 'slow']],
    [{ limit: '1' }, ['busy']],
    [{ text: 'none' }, []],
  ])('puts groups in the order of %j', async (query, keys) => {
    const one = replica('a');
    for (let request = 0; request < 3; request += 1) endAfter(one, { operation: 'busy' }, { millis: 1 });
    for (let request = 0; request < 2; request += 1) endAfter(one, { operation: 'slow' }, { millis: 100 });
    endAfter(one, { operation: 'bad' }, { millis: 10, failed: true });
    const { groups: found, total } = await groups([one], query);
    expect(found.map(({ key }) => key)).toEqual(keys);
    expect(total).toBe('limit' in query ? 3 : keys.length);
  });

  it('puts groups without a value last, both ways', async () => {
    const one = replica('a');
    one.tracker.start({ operation: 'cancelled' }).cancel();
    endAfter(one, { operation: 'well' });
    for (const direction of ['up', 'down'])
      expect((await groups([one], { order: 'apdex', direction })).groups.map(({ key }) => key)).toEqual([
        'well',
        'cancelled',
      ]);
  });

  it('tells users, and agents, of those that named one', async () => {
    const one = replica('a');
    endAfter(one, { operation: 'GET /', userId: 'ann', agentId: 'app' });
    endAfter(one, { operation: 'GET /' });
    expect((await groups([one], { by: 'userId' })).groups.map(({ key }) => key)).toEqual(['ann']);
    expect((await groups([one], { by: 'agentId' })).groups.map(({ key }) => key)).toEqual(['app']);
  });

  it('tells of each state, of those under way what they have taken so far', async () => {
    const [a, b] = [replica('a'), replica('b')];
    endAfter(a, { operation: 'GET /' }, { millis: 10 });
    endAfter(b, { operation: 'GET /' }, { millis: 30, failed: true });
    b.tracker.start({ operation: 'GET /' }).cancel();
    a.tracker.start({ operation: 'GET /' }).process();
    a.host.advance(500);
    const { groups: found } = await groups([a, b], { by: 'state' });
    const told = found.map(({ key, statistics: { count, cancelled, durations } }) => ({
      key,
      count,
      cancelled,
      maxMillis: durations?.maxMillis,
    }));
    expect(told).toEqual([
      { key: 'failed', count: 2, cancelled: 1, maxMillis: 30 },
      { key: 'completed', count: 1, cancelled: 0, maxMillis: 10 },
      { key: 'processing', count: 1, cancelled: 0, maxMillis: 500 },
    ]);
  });

  it('tells of the busiest thousand of an instance, and how many requests are beyond', async () => {
    const one = replica('a', { maxUsers: 2000 });
    for (let user = 0; user < 1003; user += 1) endAfter(one, { operation: 'GET /', userId: `user ${user}` });
    const { groups: found, total, countBeyond } = await groups([one], { by: 'userId', limit: '1000' });
    expect([found.length, total, countBeyond]).toEqual([1000, 1000, 3]);
  });

  it('says who does not track requests', async () => {
    expect(await groups([replicaWithout('b')])).toEqual({
      off: ['b'],
      coveredSeconds: 0,
      groups: [],
      total: 0,
      countBeyond: 0,
    });
    expect((await groups([replica('a'), replicaWithout('b')])).off).toEqual(['b']);
  });

  it('is empty, and has no ratios, where nothing has ended', async () => {
    const { all, groups: found } = await groups([replica('a')]);
    expect(found).toEqual([]);
    expect(all).toEqual({ count: 0, completed: 0, failed: 0, cancelled: 0, ratePerSecond: 0 });
  });

  it.each([{ by: 'colour' }, { window: '2h' }, { order: 'nicest' }, { direction: 'left' }, { limit: '0' }])(
    'refuses %j',
    (query) => {
      expect(() => requestGroupsView.parse(query)).toThrow(Object.keys(query)[0]);
    },
  );

  it('refuses a part with more buckets than there are', () => {
    const durations = { count: 1, sumMillis: 1, minMillis: 1, maxMillis: 1, pairs: Array<number>(40_000).fill(1) };
    const all = { completed: durations, cancelled: 0, satisfied: 0, tolerating: 0 };
    const counted = { all, groups: [], coveredSeconds: 1, total: 0, countBeyond: 0 };
    expect(() => requestGroupsView.parsePart({ counted })).toThrow('pairs');
  });
});
