import { describe, expect, it } from 'vitest';
import type {
  Account,
  AccountingResult,
} from '../../../../../../runtime/src/dashboard/api/accounting/accountingSchema.ts';
import { accountingView } from '../../../../../../runtime/src/dashboard/api/accounting/accountingView.ts';
import {
  accountOfErrors,
  accountOfRequests,
  accountOfSeries,
  accountOfSpans,
} from '../../../../../../runtime/src/dashboard/api/accounting/accountsOf.ts';
import { VIEWS } from '../../../../../../runtime/src/dashboard/api/views.ts';
import { createObservability } from '../../../../../../runtime/src/observability.ts';
import { errorReplica } from '../errors/errorReplica.ts';
import { answered } from '../requests/replicas.ts';

/** All four accounts of an application that did nothing. */
async function everyAccount(): Promise<readonly Account[]> {
  const { requests, performance, errors } = createObservability({
    tracing: false,
    performance: { system: false, process: false },
    errors: { uncaught: false, loggers: false },
  });
  await performance?.stop();
  if (!requests || !performance || !errors) throw new Error('all are on');
  const dropped = { queue_full: 0, oversize: 0, export_failed: 0, shutdown: 0 };
  const spans = { created: 0, exported: 0, dropped, queued: 0, inFlight: 0, unsampled: 0, trimmed: 0 };
  return [
    accountOfSpans(spans, 'shop'),
    accountOfRequests(requests.counts()),
    accountOfSeries(performance.series.counts()),
    accountOfErrors(errors.groups.counts()),
  ];
}

function rowOf(accounts: readonly Account[], signal: string, name: string) {
  return accounts.find((account) => account.signal === signal)?.rows.find((row) => row.name === name);
}

describe('accounts', () => {
  it('lead from each number to a view of the page', async () => {
    const views = new Set(VIEWS.map(({ path }) => path.split('/')[0]));
    const rows = (await everyAccount()).flatMap((account) => account.rows);
    expect(rows).toHaveLength(51);
    for (const { name, link } of rows) expect(views, name).toContain(link.path[0]);
  });

  it('lead from what is lost to when it was, and say that it is gone', async () => {
    const accounts = await everyAccount();
    expect(rowOf(accounts, 'spans', 'dropped.queue_full')).toMatchObject({
      link: {
        path: ['performance', 'metrics'],
        query: { metric: 'tracewright.spans.dropped', labels: '{"reason":"queue_full"}' },
      },
      shows: 'What they were is gone; the number leads to when it was.',
    });
    expect(rowOf(accounts, 'requests', 'evicted.count')).toMatchObject({
      link: { path: ['requests'], query: { tab: 'groups', window: '24h' } },
      shows: 'They are listed no more; the number leads to the statistics of a day, which have them still.',
    });
    expect(rowOf(accounts, 'series', 'refused.maxSeries')?.link.query).toEqual({
      metric: 'tracewright.series.refused',
      labels: '{"reason":"maxSeries"}',
    });
    expect(rowOf(accounts, 'errors', 'ungrouped.shed')?.link).toEqual({
      path: ['accounting'],
      query: { show: 'ungrouped' },
    });
  });

  it('say what is known of errors of no group, of all instances together, cleaned of what is not to be seen', async () => {
    const [a, b] = [errorReplica('a', { maxGroups: 1 }), errorReplica('b', { maxGroups: 1 })];
    const failed = (name: string, code?: string) =>
      Object.assign(new Error('no'), { name, ...(code !== undefined && { code }) });
    for (const { capture } of [a, b]) {
      capture('one', {}, failed('One', 'E1'));
      capture('two', {}, failed('T\u202Ewo'));
      capture('last', {}, failed('Last'));
    }
    a.capture('more', {}, failed('More'));
    const { total, instances } = await answered<AccountingResult>(accountingView, [a, b], {});
    expect(total[0]?.ungroupedBy).toEqual([
      { type: 'One', code: 'E1', count: 2 },
      { type: 'T\uFFFDwo', count: 2 },
      { type: 'Last', count: 1 },
    ]);
    expect(instances.map(({ accounts }) => accounts[0]?.ungroupedBy?.length)).toEqual([3, 2]);
    expect(rowOf(total, 'errors', 'ungrouped.count')?.count).toBe(5);
  });

  it('tell no more classes apart than one instance does', async () => {
    const all = [errorReplica('a', { maxGroups: 1 }), errorReplica('b', { maxGroups: 1 })];
    for (const [place, { capture }] of all.entries())
      for (let index = 0; index <= 250; index += 1) {
        const error = Object.assign(new Error('no'), { name: `Type${place * 1000 + index}` });
        capture(`${index}`, {}, error);
      }
    const { total } = await answered<AccountingResult>(accountingView, all, {});
    expect(total[0]?.ungroupedBy).toHaveLength(201);
    expect(total[0]?.ungroupedBy?.at(-1)).toEqual({ type: '(other)', count: 300 });
  });
});
