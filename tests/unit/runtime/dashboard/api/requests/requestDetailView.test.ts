import { describe, expect, it } from 'vitest';
import type { RequestDetailResult } from '../../../../../../runtime/src/dashboard/api/requests/requestDetailSchema.ts';
import { requestDetailView } from '../../../../../../runtime/src/dashboard/api/requests/requestDetailView.ts';
import { endAfter, SECOND, WALL_START } from '../../../requests/support/trackerFixture.ts';
import { answered, answerOf, replica, replicaWithout } from './replicas.ts';

const TRACE = { traceId: '1'.repeat(32), spanId: '2'.repeat(16), sampled: true };

function detail(...given: Parameters<typeof answered> extends [unknown, ...infer Rest] ? Rest : never) {
  return answered<RequestDetailResult>(requestDetailView, ...given);
}

describe('the view of a request', () => {
  it('tells of the request with its attributes, whatever they are called and hold', async () => {
    const one = replica('a');
    const attributes = JSON.parse('{"__proto__": "x", "constructor": 1, "paid": true}') as Record<string, string>;
    endAfter(one, { id: 'r', operation: 'GET /', attributes }, { millis: 7 });
    const { requests } = await detail([one], { id: 'r' });
    expect(requests).toEqual([
      {
        instance: 'a',
        id: 'r',
        operation: 'GET /',
        state: 'completed',
        startedMillis: WALL_START,
        pendingMillis: 0,
        durationMillis: 7,
        attributes: expect.arrayContaining([
          { name: 'constructor', value: 1 },
          { name: 'paid', value: true },
        ]) as unknown,
      },
    ]);
  });

  it('tells of its parent, its parts and others of its trace, each once, of all instances', async () => {
    const [a, b] = [replica('a', {}, { currentTrace: () => TRACE }), replica('b', {}, { currentTrace: () => TRACE })];
    endAfter(a, { id: 'parent', operation: 'GET /' });
    endAfter(a, { id: 'r', operation: 'GET /part', parentId: 'parent' });
    endAfter(b, { id: 'later', operation: 'GET /other', parentId: 'r' }, { millis: SECOND });
    a.tracker.start({ id: 'running', operation: 'GET /child', parentId: 'r' });
    endAfter(a, { id: 'stranger', operation: 'GET /' });
    const { parent, children, sameTrace } = await detail([a, b], { id: 'r' });
    expect(parent).toMatchObject({ id: 'parent', instance: 'a' });
    expect(children.requests.map(({ id, instance }) => [id, instance])).toEqual([
      ['running', 'a'],
      ['later', 'b'],
    ]);
    expect(children.total).toBe(2);
    expect(sameTrace.requests.map(({ id }) => id)).toEqual(['stranger']);
    expect(sameTrace.total).toBe(1);
  });

  it('tells of its parts alone where it is not kept', async () => {
    const one = replica('a');
    endAfter(one, { id: 'part', operation: 'GET /', parentId: 'gone' });
    const { requests, children } = await detail([one], { id: 'gone' });
    expect(requests).toEqual([]);
    expect(children.requests.map(({ id }) => id)).toEqual(['part']);
  });

  it('bounds its parts, and counts all', async () => {
    const one = replica('a');
    for (let index = 0; index < 130; index += 1) endAfter(one, { operation: 'GET /', parentId: 'r' });
    const { children } = await detail([one], { id: 'r' });
    expect([children.requests.length, children.total]).toEqual([100, 130]);
  });

  it('tells of the errors that were captured in it, with their groups', async () => {
    const one = replica('a');
    endAfter(one, { id: 'r', operation: 'GET /' }, { failed: true });
    const receipt = one.errorTracker.capture(new RangeError('no stock'), { request: { id: 'r' } });
    one.errorTracker.capture(new RangeError('of another'), { request: { id: 'other' } });
    const { errors, hasErrorTracker } = await detail([one], { id: 'r' });
    expect(errors).toEqual([
      {
        instance: 'a',
        groupId: receipt?.groupId,
        type: 'RangeError',
        message: 'no stock',
        severity: expect.any(String) as unknown,
        isHandled: true,
        atMillis: WALL_START,
      },
    ]);
    expect(hasErrorTracker).toBe(true);
  });

  it('finds its errors among those of hundreds of groups, the oldest first', async () => {
    const one = replica('a');
    endAfter(one, { id: 'r', operation: 'GET /' }, { failed: true });
    for (let group = 0; group < 900; group += 1) {
      const request = { id: group === 3 || group === 850 ? 'r' : 'other' };
      one.errorTracker.capture(new Error(`group ${group}`), { fingerprint: [String(group)], request });
    }
    const { errors } = await detail([one], { id: 'r' });
    expect(errors.map(({ message }) => message)).toEqual(['group 3', 'group 850']);
  });

  it('says what a stuck one waits in', async () => {
    const lastUnfinishedSpan = () => ({ name: 'GET', spanId: '3'.repeat(16), elapsedMillis: 1000 });
    const one = replica('a', {}, { currentTrace: () => TRACE, lastUnfinishedSpan });
    one.tracker.start({ id: 'r', operation: 'GET /' });
    one.host.advance(60 * SECOND);
    const { requests } = await detail([one], { id: 'r' });
    expect(requests[0]).toMatchObject({ isStuck: true, waitsIn: { name: 'GET', sinceMillis: WALL_START + 59_000 } });
  });

  it('tells of each instance that has one of this ID', async () => {
    const replicas = [replica('a'), replica('b')];
    for (const one of replicas) endAfter(one, { id: 'same', operation: 'GET /' });
    const { requests } = await detail(replicas, { id: 'same' });
    expect(requests.map(({ instance }) => instance)).toEqual(['a', 'b']);
  });

  it('is nowhere where nobody keeps it, and says so', async () => {
    expect(await answerOf(requestDetailView, [replica('a'), replicaWithout('b')], { id: 'x"y' })).toBeUndefined();
    expect(requestDetailView.missing({ id: 'x"y' })).toContain('No request "x\\"y" is kept, nor any part of it.');
  });
});
