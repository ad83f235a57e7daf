import type { RequestTracker } from '../../../requests/requestTracker.ts';
import { OutcomeSlice } from '../../../requests/statistics/outcomeSlice.ts';
import type { ViewSource } from '../../viewSource.ts';
import { defineView, type InstancePart } from '../view.ts';
import { addCounted, countedDurationsOf, countedOf, statisticsOf } from './counted.ts';
import type { Counted } from './countedSchema.ts';
import { groupComparer } from './groupOrder.ts';
import { inTurns } from '../../inTurns.ts';
import {
  MOST_GROUPS,
  type RequestGroup,
  requestGroupsPart,
  type RequestGroupsPart,
  requestGroupsQuery,
  type RequestGroupsQuery,
  requestGroupsResult,
  type RequestGroupsResult,
} from './requestGroupsSchema.ts';

type CountedPart = NonNullable<RequestGroupsPart['counted']>;

/** What requests took, by what they have in common. */
export const requestGroupsView = defineView({
  path: 'requests/groups',
  summary: 'Rate, errors, Apdex and durations of requests by operation, user, agent or state',
  query: requestGroupsQuery,
  part: requestGroupsPart,
  result: requestGroupsResult,
  read: async ({ observability: { requests } }: ViewSource, query): Promise<RequestGroupsPart> =>
    requests === undefined ? {} : { counted: await countedGroups(requests, query) },
  merge: (parts, query): RequestGroupsResult => {
    const counting = parts.flatMap(({ part }) => part.counted ?? []);
    const all = new Sum();
    for (const part of counting) all.add(part.all, part.coveredSeconds);
    const groups = sumsOf(counting, query).map(([key, sum]): RequestGroup => ({ key, statistics: sum.statistics() }));
    return {
      off: parts.filter(isOff).map(({ instance }) => instance.id),
      ...(counting.length > 0 && { all: all.statistics() }),
      coveredSeconds: Math.max(0, ...counting.map(({ coveredSeconds }) => coveredSeconds)),
      groups: groups.sort(groupComparer(query)).slice(0, query.limit),
      total: groups.length,
      countBeyond: counting.reduce((sum, { countBeyond }) => sum + countBeyond, 0),
    };
  },
});

async function countedGroups(requests: RequestTracker, { by, window }: RequestGroupsQuery): Promise<CountedPart> {
  const { outcomes, coveredSeconds } = requests.statistics.counted(window);
  const all = countedOf(outcomes);
  if (by === 'state') {
    const groups = [...(await unfinishedGroups(requests)), ...finishedGroups(all)];
    return { all, groups, coveredSeconds, total: groups.length, countBeyond: 0 };
  }
  const found = await inTurns(requests.statistics.countedBy(by, { window, limit: MOST_GROUPS }));
  const groups = found.groups.map((group) => ({ key: group.key, counted: countedOf(group.outcomes) }));
  return { all, groups, coveredSeconds, total: found.total, countBeyond: found.countBeyond };
}

/** Those that are under way now, with what they have taken so far. */
async function unfinishedGroups(requests: RequestTracker): Promise<CountedPart['groups']> {
  const summaries = await inTurns(requests.statistics.unfinishedByState());
  return Object.entries(summaries)
    .filter(([, { count }]) => count > 0)
    .map(([key, summary]) => ({ key, counted: { completed: countedDurationsOf(summary), ...NO_OUTCOME } }));
}

const NO_OUTCOME = { cancelled: 0, satisfied: 0, tolerating: 0 };

function finishedGroups({ completed, failed, cancelled, satisfied, tolerating }: Counted): CountedPart['groups'] {
  return [
    ...(completed ? [{ key: 'completed', counted: { completed, cancelled: 0, satisfied, tolerating } }] : []),
    ...(failed ? [{ key: 'failed', counted: { failed, ...NO_OUTCOME, cancelled } }] : []),
  ];
}

/** What instances counted, added up. */
class Sum {
  readonly #outcomes = new OutcomeSlice();
  #ratePerSecond = 0;

  add(counted: Counted, coveredSeconds: number): void {
    addCounted(this.#outcomes, counted);
    const count = (counted.completed?.count ?? 0) + (counted.failed?.count ?? 0);
    if (coveredSeconds > 0) this.#ratePerSecond += count / coveredSeconds;
  }

  statistics() {
    return statisticsOf(this.#outcomes, this.#ratePerSecond);
  }
}

function sumsOf(parts: readonly CountedPart[], { text = '' }: RequestGroupsQuery): [string, Sum][] {
  const sums = new Map<string, Sum>();
  const sought = text.toLowerCase();
  for (const { groups, coveredSeconds } of parts) {
    for (const { key, counted } of groups) {
      if (!key.toLowerCase().includes(sought)) continue;
      const sum = sums.get(key) ?? new Sum();
      sums.set(key, sum);
      sum.add(counted, coveredSeconds);
    }
  }
  return [...sums];
}

function isOff({ part }: InstancePart<RequestGroupsPart>): boolean {
  return part.counted === undefined;
}
