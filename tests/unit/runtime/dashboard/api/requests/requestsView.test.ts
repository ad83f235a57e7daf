import { describe, expect, it } from 'vitest';
import type { RequestsResult } from '../../../../../../runtime/src/dashboard/api/requests/requestsSchema.ts';
import { requestsView } from '../../../../../../runtime/src/dashboard/api/requests/requestsView.ts';
import { endAfter, idsOf, MINUTE, SECOND, WALL_START } from '../../../requests/support/trackerFixture.ts';
import { answered, replica, replicaWithout } from './replicas.ts';

const TRACE = { traceId: '1'.repeat(32), spanId: '2'.repeat(16), sampled: true };

function requests(...given: Parameters<typeof answered> extends [unknown, ...infer Rest] ? Rest : never) {
  return answered<RequestsResult>(requestsView, ...given);
}

describe('the view of requests', () => {
  it('tells all that a list shows of a finished request, and the instance that it was on', async () => {
    const one = replica('a', {}, { currentTrace: () => TRACE });
    const request = one.tracker.start({ id: 'r', operation: 'GET /', userId: 'u', agentId: 'g', parentId: 'p' });
    one.host.advance(5);
    request.process();
    one.host.advance(20);
    request.fail({ type: '503' });
    expect((await requests([one])).requests).toEqual([
      {
        instance: 'a',
        id: 'r',
        operation: 'GET /',
        state: 'failed',
        failure: { reason: 'error', type: '503' },
        userId: 'u',
        agentId: 'g',
        parentId: 'p',
        ...TRACE,
        startedMillis: WALL_START,
        pendingMillis: 5,
        durationMillis: 25,
      },
    ]);
  });

  it('puts finished requests of all instances in the order of their ends, or the slowest first', async () => {
    const [a, b] = [replica('a'), replica('b')];
    for (const [on, id, millis] of [
      [a, 'a1', 10],
      [b, 'b1', 70],
      [a, 'a2', 100],
      [b, 'b2', 20],
    ] as const)
      endAfter(on, { id, operation: 'GET /' }, { millis });
    const newest = await requests([a, b]);
    expect(idsOf(newest.requests as never)).toEqual(['a2', 'b2', 'b1', 'a1']);
    const slowest = await requests([a, b], { order: 'slowest', limit: '3' });
    expect(idsOf(slowest.requests as never)).toEqual(['a2', 'b1', 'b2']);
    expect(slowest.total).toBe(4);
  });

  it('shows unfinished requests the oldest first by how long they take, whatever the clocks of instances say', async () => {
    const [a, b] = [replica('a'), replica('b')];
    b.host.wallShiftMillis = 10 * MINUTE;
    a.tracker.start({ id: 'older', operation: 'GET /' });
    a.host.advance(2 * SECOND);
    b.tracker.start({ id: 'younger', operation: 'GET /' });
    b.host.advance(SECOND);
    const { requests: shown, keeping } = await requests([b, a], { show: 'unfinished' });
    expect(shown.map(({ id, durationMillis, isStuck }) => [id, durationMillis, isStuck])).toEqual([
      ['older', 2000, false],
      ['younger', 1000, false],
    ]);
    expect(keeping).toMatchObject({ unfinished: 2, stuck: 0, finished: 0 });
  });

  it('says of stuck requests the span that they wait in and since when, and shows these alone where that is asked', async () => {
    const lastUnfinishedSpan = () => ({ name: 'SELECT orders', spanId: '3'.repeat(16), elapsedMillis: 28_000 });
    const one = replica('a', { stuckAfterMillis: 30_000 }, { currentTrace: () => TRACE, lastUnfinishedSpan });
    one.tracker.start({ id: 'stuck', operation: 'GET /' });
    one.host.advance(31 * SECOND);
    one.tracker.start({ id: 'young', operation: 'GET /' });
    const { requests: shown, total, keeping } = await requests([one], { show: 'stuck' });
    expect(shown).toMatchObject([
      {
        id: 'stuck',
        isStuck: true,
        waitsIn: { name: 'SELECT orders', spanId: '3'.repeat(16), sinceMillis: WALL_START + 3000 },
      },
    ]);
    expect({ total, stuck: keeping?.stuck }).toEqual({ total: 1, stuck: 1 });
    expect((await requests([one], { show: 'stuck', minDurationMillis: '32000' })).requests).toEqual([]);
  });

  it.each([
    [{ operation: 'POST /' }, ['posted']],
    [{ userId: 'u' }, ['used']],
    [{ agentId: 'g' }, ['agent']],
    [{ parentId: 'used' }, ['part']],
    [{ state: 'failed' }, ['failed', 'cancelled']],
    [{ failureReason: 'cancelled' }, ['cancelled']],
    [{ cancelled: 'true' }, ['cancelled']],
    [{ cancelled: 'false', state: 'failed' }, ['failed']],
    [{ failureType: 'OrderError' }, ['failed']],
    [{ sampled: 'true' }, ['traced']],
    [{ sampled: 'false' }, []],
    [{ traceId: TRACE.traceId }, ['traced']],
    [{ minDurationMillis: '50' }, ['slow']],
    [{ maxDurationMillis: '49', operation: 'GET /slow' }, []],
    [{ startedFromMillis: String(WALL_START + 5000) }, ['late']],
    [{ startedBeforeMillis: String(WALL_START + 1) }, ['posted']],
    [{ instance: 'b' }, []],
    [{ instance: 'a', operation: 'POST /' }, ['posted']],
    [{ id: 'used' }, ['used']],
    [{ id: 'unheard' }, []],
    [{ id: 'used', operation: 'POST /', show: 'unfinished' }, ['used']],
  ])('narrows by %j', async (query, ids) => {
    let trace: typeof TRACE | undefined;
    const one = replica('a', {}, { currentTrace: () => trace });
    const { tracker, host } = one;
    endAfter(one, { id: 'posted', operation: 'POST /' });
    host.advance(1);
    endAfter(one, { id: 'used', operation: 'GET /', userId: 'u' });
    endAfter(one, { id: 'agent', operation: 'GET /', agentId: 'g' });
    endAfter(one, { id: 'part', operation: 'GET /', parentId: 'used' });
    tracker.start({ id: 'cancelled', operation: 'GET /' }).cancel();
    tracker.start({ id: 'failed', operation: 'GET /' }).fail({ type: 'OrderError' });
    trace = TRACE;
    endAfter(one, { id: 'traced', operation: 'GET /' });
    trace = undefined;
    endAfter(one, { id: 'slow', operation: 'GET /slow' }, { millis: 50 });
    host.advance(5000);
    endAfter(one, { id: 'late', operation: 'GET /' });
    expect((await requests([one], query as Record<string, string>)).requests.map(({ id }) => id)).toEqual(ids);
  });

  it('says which instances do not track requests, and that there is nothing where none does', async () => {
    const on = replica('a');
    endAfter(on, { id: 'r', operation: 'GET /' });
    const partly = await requests([on, replicaWithout('b')]);
    expect(partly).toMatchObject({ off: ['b'], total: 1, keeping: { finished: 1 } });
    expect(await requests([replicaWithout('b')])).toEqual({ off: ['b'], requests: [], total: 0 });
  });

  it('adds up what instances keep', async () => {
    const [a, b] = [replica('a', { maxRequests: 10, stuckAfterMillis: 5000 }), replica('b', { maxRequests: 20 })];
    endAfter(a, { operation: 'GET /' });
    endAfter(b, { operation: 'GET /' });
    b.tracker.start({ operation: 'GET /' });
    expect((await requests([a, b])).keeping).toEqual({
      finished: 2,
      unfinished: 1,
      stuck: 0,
      stuckAfterMillis: 5000,
      maxAgeMillis: 3_600_000,
      maxRequests: 20,
    });
  });

  it.each([
    [{ colour: 'red' }, 'colour'],
    [{ show: 'everything' }, 'show'],
    [{ order: 'oldest' }, 'order'],
    [{ limit: '1001' }, 'limit'],
    [{ limit: '1.5' }, 'limit'],
    [{ minDurationMillis: 'long' }, 'minDurationMillis'],
    [{ maxDurationMillis: 'Infinity' }, 'maxDurationMillis'],
    [{ minDurationMillis: '-1' }, 'minDurationMillis'],
    [{ state: 'lost' }, 'state'],
    [{ sampled: 'yes' }, 'sampled'],
    [{ operation: 'x'.repeat(501) }, 'operation'],
    [{ operation: ['a', 'b'] }, 'operation'],
  ])('refuses %j, naming the field', (query, field) => {
    expect(() => requestsView.parse(query)).toThrow(field);
  });
});
