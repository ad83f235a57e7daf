import { describe, expect, it } from 'vitest';
import type { ErrorDetailResult } from '../../../../../../runtime/src/dashboard/api/errors/errorDetailSchema.ts';
import { errorDetailView } from '../../../../../../runtime/src/dashboard/api/errors/errorDetailView.ts';
import { answered, answerOf } from '../requests/replicas.ts';
import { errorReplica, type ErrorReplica, perform, replicaWithoutErrors, START_MILLIS } from './errorReplica.ts';

function detail(replicas: readonly Pick<ErrorReplica, 'source'>[], id: string, event?: string) {
  return answered<ErrorDetailResult>(errorDetailView, replicas, { id, ...(event !== undefined && { event }) });
}

describe('a group by itself', () => {
  it('has its newest error whole: what was thrown, its causes and what it holds, each with its own', async () => {
    const replica = errorReplica('a');
    const cause = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED', port: 5432 });
    const held = new AggregateError([new TypeError('first'), new RangeError('second')], 'both failed', { cause });
    replica.tracker.addBreadcrumb('http', 'GET /stock', { ms: 12 });
    const id = replica.capture('pay', { request: { id: 'r1', userId: 'ann' }, context: { region: 'eu' } }, held);
    const { event, events, group } = await detail([replica], id);
    expect(event?.chain.map(({ relation, depth, type, message }) => [relation, depth, type, message])).toEqual([
      ['thrown', 0, 'AggregateError', 'both failed'],
      ['cause', 1, 'Error', 'connect ECONNREFUSED'],
      ['aggregated', 1, 'TypeError', 'first'],
      ['aggregated', 1, 'RangeError', 'second'],
    ]);
    expect(event?.chain[1]).toMatchObject({ code: 'ECONNREFUSED', properties: [['port', 5432]] });
    expect(event?.chain[0]?.frames.length).toBeGreaterThan(0);
    expect(event).toMatchObject({
      instance: 'a',
      atMillis: START_MILLIS,
      request: { id: 'r1', userId: 'ann' },
      context: [['region', 'eu']],
      breadcrumbs: [{ kind: 'http', message: 'GET /stock', data: [['ms', 12]] }],
    });
    expect(events.map(({ key }) => key)).toEqual([event?.key]);
    expect(group).toMatchObject({ id, count: 1, inWindow: 1, state: 'open' });
  });

  it('shows the error that is asked for, and the newest where that is not kept any more', async () => {
    const replica = errorReplica('a');
    const id = replica.capture('pay', {}, new Error('older'));
    replica.capture('pay', {}, new Error('same moment'));
    replica.host.advance(1000);
    replica.capture('pay', {}, new Error('newest'));
    const { events, event } = await detail([replica], id);
    expect(event?.message).toBe('newest');
    expect(events.map(({ message }) => message)).toEqual(['newest', 'same moment', 'older']);
    expect(new Set(events.map(({ key }) => key)).size).toBe(3);
    for (const { key, message } of events) expect((await detail([replica], id, key)).event?.message, key).toBe(message);
    expect((await detail([replica], id, '1.0@a')).event?.message).toBe('newest');
  });

  it('names the users that it hit, the releases that it came in, and what people did', async () => {
    const replica = errorReplica('a', { release: '1.4.2' });
    const id = replica.capture('pay', { request: { userId: 'ann' } });
    await perform('errors/{id}/resolve', replica, { id, note: 'fixed', release: '1.5.0' });
    replica.host.advance(5000);
    await perform('errors/{id}/reopen', replica, { id }, 'joe');
    await perform('errors/{id}/severity', replica, { id, severity: 'low', note: 'nobody minds' });
    const { userIds, group, history } = await detail([replica], id);
    expect(userIds).toEqual(['ann']);
    expect(group.releases).toEqual([{ release: '1.4.2', count: 1, sinceMillis: START_MILLIS }]);
    expect(group.severity).toBe('low');
    expect(group.severityGiven).toMatchObject({ to: 'low', by: 'jane', note: 'nobody minds' });
    expect(history).toEqual([
      {
        from: 'open',
        to: 'resolved',
        atMillis: START_MILLIS,
        by: 'jane',
        note: 'fixed',
        release: '1.5.0',
        instances: ['a'],
      },
      { from: 'resolved', to: 'open', atMillis: START_MILLIS + 5000, by: 'joe', instances: ['a'] },
    ]);
  });

  it('keeps hostile names and values as texts that harm nothing', async () => {
    const replica = errorReplica('a');
    const context = JSON.parse('{"__proto__x": "a\\u202eb", "constructor": "c\\u0000d", "big": 1}') as object;
    const id = replica.capture('pay', { context });
    const { event } = await detail([replica], id);
    expect(event?.context).toContainEqual(['__proto__x', 'a\uFFFDb']);
    expect(JSON.stringify(event)).not.toMatch(/\\u0000|\u202e/);
  });

  it('is not there where nobody knows it, or tracks errors', async () => {
    expect(
      await answerOf(errorDetailView, [errorReplica('a'), replicaWithoutErrors('b')], { id: '0'.repeat(16) }),
    ).toBe(undefined);
    expect(errorDetailView.missing({ id: 'abc' })).toContain('No error group has the ID abc');
    expect(() => errorDetailView.parse({ id: '' })).toThrow();
    expect(() => errorDetailView.parse({ id: 'a', event: 'x'.repeat(301) })).toThrow();
  });
});

describe('a group of several replicas', () => {
  it('is one: counts add up, users are counted once, and what was done at once stands once', async () => {
    const a = errorReplica('a', { release: '1' });
    const b = errorReplica('b', { release: '2' });
    const id = a.capture('pay', { request: { userId: 'ann' } });
    b.host.advance(2000);
    b.capture('pay', { request: { userId: 'ann' } }, new Error('newer'));
    b.capture('pay', { request: { userId: 'bob' } }, new Error('newer'));
    for (const replica of [a, b]) await perform('errors/{id}/acknowledge', replica, { id, note: 'on it' });
    const { group, instances, history, userIds, event, course } = await detail([a, b], id);
    expect(group).toMatchObject({ count: 3, users: 2, hasMoreUsers: false, message: 'newer', firstRelease: '1' });
    expect(group.releases.map(({ release, count }) => [release, count])).toEqual([
      ['1', 1],
      ['2', 2],
    ]);
    expect(userIds).toEqual(['ann', 'bob']);
    expect(history).toMatchObject([{ to: 'acknowledged', by: 'jane', note: 'on it', instances: ['a', 'b'] }]);
    expect(instances.map(({ id: name, state, count }) => [name, state, count])).toEqual([
      ['a', 'acknowledged', 1],
      ['b', 'acknowledged', 2],
    ]);
    expect(event?.instance).toBe('b');
    expect(course.errors.reduce((sum, errors) => sum + errors, 0)).toBe(3);
  });

  it('tells apart what two people did', async () => {
    const a = errorReplica('a');
    const b = errorReplica('b');
    const id = a.capture('pay');
    b.capture('pay');
    await perform('errors/{id}/acknowledge', a, { id }, 'jane');
    await perform('errors/{id}/acknowledge', b, { id }, 'joe');
    const { history } = await detail([a, b], id);
    expect(history.map(({ by, instances }) => [by, instances])).toEqual([
      ['jane', ['a']],
      ['joe', ['b']],
    ]);
  });

  it('shows an error of the instance that it is asked of', async () => {
    const a = errorReplica('a');
    const b = errorReplica('b');
    const id = a.capture('pay', {}, new Error('of a'));
    b.capture('pay', {}, new Error('of b'));
    const { events } = await detail([a, b], id);
    for (const { key, instance } of events)
      expect((await detail([a, b], id, key)).event?.message, key).toBe(`of ${instance}`);
  });
});
