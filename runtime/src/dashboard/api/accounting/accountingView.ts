import { defineView, type InstancePart } from '../view.ts';
import type { ViewSource } from '../../viewSource.ts';
import { OTHER_TYPES } from '../../../errors/groups/store/shedCounts.ts';
import {
  type Account,
  accountingPart,
  accountingQuery,
  accountingResult,
  type ErrorsOfClass,
  MOST_CLASSES,
} from './accountingSchema.ts';
import { accountOfErrors, accountOfRequests, accountOfSeries, accountOfSpans } from './accountsOf.ts';

/** What was created, exported, dropped, and why. */
export const accountingView = defineView({
  path: 'accounting',
  summary: 'What was created, exported and dropped, and why, of every signal',
  query: accountingQuery,
  part: accountingPart,
  result: accountingResult,
  read: ({ observability: { tracing, requests, performance, errors }, instance }: ViewSource) => [
    ...(tracing ? [accountOfSpans(tracing.stats(), instance.service)] : []),
    ...(requests ? [accountOfRequests(requests.counts())] : []),
    ...(performance ? [accountOfSeries(performance.series.counts())] : []),
    ...(errors ? [accountOfErrors(errors.groups.counts())] : []),
  ],
  merge: (parts) => ({
    total: sumOf(parts.flatMap(({ part }) => part)),
    instances: parts.map(({ instance: { id, sinceMillis }, part }) => ({ id, sinceMillis, accounts: part })),
  }),
});

function sumOf(accounts: InstancePart<Account[]>['part']): Account[] {
  const sums = new Map<string, Account>();
  for (const account of accounts) {
    const sum = sums.get(account.signal);
    sums.set(account.signal, sum === undefined ? account : added(sum, account));
  }
  return [...sums.values()];
}

/** Of replicas of another release a row may be missing. */
function added(left: Account, right: Account): Account {
  const further = new Map(right.rows.map((row) => [row.name, row]));
  const rows = left.rows.map((row) => ({ ...row, count: row.count + (further.get(row.name)?.count ?? 0) }));
  const known = new Set(left.rows.map(({ name }) => name));
  return {
    ...left,
    isBalanced: left.isBalanced && right.isBalanced,
    rows: [...rows, ...right.rows.filter(({ name }) => !known.has(name))],
    ...classesTogether([...(left.ungroupedBy ?? []), ...(right.ungroupedBy ?? [])]),
  };
}

/** What is beyond the first is with those that instances do not tell apart. */
function classesTogether(all: readonly ErrorsOfClass[]): Pick<Account, 'ungroupedBy'> {
  const sums = new Map<string, ErrorsOfClass>();
  let others = 0;
  for (const each of all) {
    const key = JSON.stringify([each.type, each.code]);
    const known = sums.get(key);
    if (each.type === OTHER_TYPES && each.code === undefined) others += each.count;
    else sums.set(key, known === undefined ? each : { ...known, count: known.count + each.count });
  }
  const sorted = [...sums.values()].sort((a, b) => b.count - a.count);
  others += sorted.slice(MOST_CLASSES - 1).reduce((sum, { count }) => sum + count, 0);
  const shown = sorted.slice(0, MOST_CLASSES - 1);
  return all.length === 0
    ? {}
    : { ungroupedBy: others === 0 ? shown : [...shown, { type: OTHER_TYPES, count: others }] };
}
