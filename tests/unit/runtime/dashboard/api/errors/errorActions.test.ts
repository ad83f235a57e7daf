import { describe, expect, it } from 'vitest';
import { RefusedActionError } from '../../../../../../runtime/src/dashboard/api/action.ts';
import { ERROR_ACTIONS } from '../../../../../../runtime/src/dashboard/api/errors/errorActions.ts';
import { errorReplica, perform, replicaWithoutErrors, START_MILLIS } from './errorReplica.ts';

describe('what people do with a group', () => {
  it('is done in their name, with their note', async () => {
    const replica = errorReplica('a');
    const id = replica.capture('pay');
    expect(await perform('errors/{id}/acknowledge', replica, { id, note: ' on it ' })).toEqual({
      id,
      state: 'acknowledged',
      category: 'unknown',
      severity: 'medium',
      atMillis: START_MILLIS,
      by: 'jane',
    });
    expect(replica.tracker.groups.snapshot(id)?.history).toMatchObject([{ by: 'jane', note: 'on it' }]);
  });

  it('may be to ignore it until a time or a count, to resolve it in a release, and to open it again', async () => {
    const replica = errorReplica('a');
    const id = replica.capture('pay');
    await perform('errors/{id}/ignore', replica, { id, forMillis: 60_000, forCount: 5 });
    await perform('errors/{id}/resolve', replica, { id, release: '2.0' });
    await perform('errors/{id}/reopen', replica, { id, note: '' });
    const history = replica.tracker.groups.snapshot(id)?.history ?? [];
    expect(history.map(({ to, until, untilCount, release, note }) => [to, until, untilCount, release, note])).toEqual([
      ['ignored', '2026-11-27T00:01:00.000Z', 5, undefined, undefined],
      ['resolved', undefined, undefined, '2.0', undefined],
      ['open', undefined, undefined, undefined, undefined],
    ]);
  });

  it('may be to give it a category and a severity, and to take them back', async () => {
    const replica = errorReplica('a');
    const id = replica.capture('pay');
    expect(await perform('errors/{id}/category', replica, { id, category: 'database' })).toMatchObject({
      category: 'database',
    });
    expect(await perform('errors/{id}/severity', replica, { id, severity: 'critical' })).toMatchObject({
      severity: 'critical',
    });
    await perform('errors/{id}/category', replica, { id, category: null });
    expect(await perform('errors/{id}/severity', replica, { id, severity: null })).toMatchObject({
      category: 'unknown',
      severity: 'medium',
    });
  });

  it('is refused where somebody was quicker, who is named with what was noted', async () => {
    const replica = errorReplica('a');
    const id = replica.capture('pay');
    await perform('errors/{id}/resolve', replica, { id, note: 'restarted it' }, 'joe');
    const refused = perform('errors/{id}/resolve', replica, { id });
    await expect(refused).rejects.toThrow(RefusedActionError);
    await expect(refused).rejects.toThrow(
      'The group is already resolved since 2026-11-27T00:00:00.000Z, by joe (“restarted it”). From there it can become open.',
    );
  });

  it('is nobody’s where the group is not kept, or errors are not tracked', async () => {
    const unknown = { id: '0'.repeat(16) };
    expect(await perform('errors/{id}/acknowledge', errorReplica('a'), unknown)).toBe(undefined);
    expect(await perform('errors/{id}/reopen', replicaWithoutErrors('b'), unknown)).toBe(undefined);
    expect(await perform('errors/change', replicaWithoutErrors('b'), { ids: ['1'], change: 'resolve' })).toBe(
      undefined,
    );
  });

  it('may be done with several at once: each is told of', async () => {
    const replica = errorReplica('a');
    const [pay, stock] = [replica.capture('pay'), replica.capture('stock')];
    await perform('errors/{id}/acknowledge', replica, { id: stock }, 'joe');
    const input = { ids: [pay, stock, pay, 'gone'], change: 'acknowledge', note: 'all of it' };
    expect(await perform('errors/change', replica, input)).toEqual({
      done: [pay],
      refused: [{ id: stock, reason: expect.stringContaining('already acknowledged') as string }],
      unknown: ['gone'],
    });
    expect(await perform('errors/change', replica, { ids: [pay, stock], change: 'ignore', forCount: 3 })).toMatchObject(
      {
        done: [pay, stock],
      },
    );
  });

  it('with several at once is told of all replicas: refused is what is so anywhere, unknown what nobody keeps', async () => {
    const [a, b] = [errorReplica('a'), errorReplica('b')];
    const pay = a.capture('pay');
    const [stock] = [b.capture('stock'), b.capture('pay')];
    const mail = b.capture('mail');
    a.capture('mail');
    await perform('errors/{id}/resolve', a, { id: mail }, 'joe');
    const input = { ids: [pay, stock, mail, 'gone'], change: 'acknowledge' };
    const action = ERROR_ACTIONS.find(({ path }) => path === 'errors/change');
    expect(action?.merge([await perform('errors/change', a, input), await perform('errors/change', b, input)])).toEqual(
      {
        done: [pay, stock],
        refused: [
          {
            id: mail,
            reason: expect.stringMatching(/^Done on other instances, but not on all\. The group is resolved/) as string,
          },
        ],
        unknown: ['gone'],
      },
    );
  });

  it.each([
    ['errors/{id}/acknowledge', { id: '' }],
    ['errors/{id}/acknowledge', { id: 'a', note: 'x'.repeat(1001) }],
    ['errors/{id}/acknowledge', { id: 'a', by: 'somebody else' }],
    ['errors/{id}/resolve', { id: 'a', release: '' }],
    ['errors/{id}/ignore', { id: 'a', forMillis: 0 }],
    ['errors/{id}/ignore', { id: 'a', forMillis: 400 * 86_400_000 }],
    ['errors/{id}/ignore', { id: 'a', forCount: 1.5 }],
    ['errors/{id}/severity', { id: 'a' }],
    ['errors/{id}/severity', { id: 'a', severity: 'worst' }],
    ['errors/{id}/category', { id: 'a', category: 'toString' }],
    ['errors/change', { ids: [], change: 'resolve' }],
    ['errors/change', { ids: Array.from({ length: 101 }, String), change: 'resolve' }],
    ['errors/change', { ids: ['a'], change: 'delete' }],
  ])('refuses for %s %j', (path, input) => {
    const action = ERROR_ACTIONS.find((one) => one.path === path);
    expect(() => action?.parse(input)).toThrow();
  });
});
