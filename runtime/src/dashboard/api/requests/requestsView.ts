import type { RequestTracker } from '../../../requests/requestTracker.ts';
import type { ViewSource } from '../../viewSource.ts';
import { totalOfParts } from '../totals.ts';
import { defineView } from '../view.ts';
import { inTurns } from '../../inTurns.ts';
import { requestFactsOf } from './requestFactsOf.ts';
import { requestFilterOf } from './requestFilterOf.ts';
import type { RequestFacts } from './requestSchema.ts';
import {
  type Keeping,
  requestsPart,
  type RequestsPart,
  requestsQuery,
  type RequestsQuery,
  requestsResult,
  type RequestsResult,
} from './requestsSchema.ts';

/** Requests that are under way, and those that have ended and are kept. */
export const requestsView = defineView({
  path: 'requests',
  summary: 'Requests under way, the oldest first, or finished ones, the newest or the slowest first',
  query: requestsQuery,
  part: requestsPart,
  result: requestsResult,
  read: async ({ observability: { requests }, instance, wallMillis }: ViewSource, query): Promise<RequestsPart> => {
    if (requests === undefined) return { requests: [], total: 0 };
    const keeping = await keepingOf(requests);
    if (query.instance !== undefined && query.instance !== instance.id) return { keeping, requests: [], total: 0 };
    const { requests: found, total } = await search(requests, query);
    return { keeping, requests: found.map((request) => requestFactsOf(request, wallMillis())), total };
  },
  merge: (parts, query): RequestsResult => {
    const all = parts.flatMap(({ instance, part }) =>
      part.requests.map((request) => ({ ...request, instance: instance.id })),
    );
    const keeping = parts.flatMap(({ part }) => part.keeping ?? []).reduce<Keeping | undefined>(together, undefined);
    return {
      ...(keeping && { keeping }),
      off: parts.filter(({ part }) => part.keeping === undefined).map(({ instance }) => instance.id),
      requests: all.sort(orderOf(query)).slice(0, query.limit),
      total: totalOfParts(parts, ({ total }) => total),
    };
  },
});

function search(requests: RequestTracker, query: RequestsQuery) {
  const { show, order, limit, id, minDurationMillis = 0 } = query;
  const filter = requestFilterOf(query);
  if (id !== undefined) return findById(requests, id);
  if (show === 'finished') return inTurns(requests.searchFinished(filter, { order, limit }));
  if (show === 'unfinished') return inTurns(requests.searchUnfinished(filter, { limit }));
  const least = Math.max(minDurationMillis, requests.config.stuckAfterMillis);
  return inTurns(requests.searchUnfinished({ ...filter, minDurationMillis: least }, { limit }));
}

/** An ID says which one is meant: nothing else hides it. */
function findById(requests: RequestTracker, id: string) {
  const found = requests.getUnfinished(id) ?? requests.get(id);
  return found === undefined ? { requests: [], total: 0 } : { requests: [found], total: 1 };
}

async function keepingOf(requests: RequestTracker): Promise<Keeping> {
  const { kept, unfinished } = requests.counts();
  const { stuckAfterMillis, maxAgeMillis, maxRequests } = requests.config;
  const { stuck } = await inTurns(requests.searchUnfinished({}, { limit: 1 }));
  return { finished: kept - unfinished, unfinished, stuck, stuckAfterMillis, maxAgeMillis, maxRequests };
}

/** Counts add up; limits are those of the instance with the widest ones. */
function together(left: Keeping | undefined, right: Keeping): Keeping {
  if (left === undefined) return right;
  return {
    finished: left.finished + right.finished,
    unfinished: left.unfinished + right.unfinished,
    stuck: left.stuck + right.stuck,
    stuckAfterMillis: Math.min(left.stuckAfterMillis, right.stuckAfterMillis),
    maxAgeMillis: Math.max(left.maxAgeMillis, right.maxAgeMillis),
    maxRequests: Math.max(left.maxRequests, right.maxRequests),
  };
}

/** The order in which each instance gave its own. Of unfinished ones by durations: clocks of instances differ. */
function orderOf({ show, order }: RequestsQuery): (a: RequestFacts, b: RequestFacts) => number {
  if (show === 'finished' && order === 'newest') return (a, b) => endOf(b) - endOf(a);
  return (a, b) => b.durationMillis - a.durationMillis;
}

function endOf({ startedMillis, durationMillis }: RequestFacts): number {
  return startedMillis + durationMillis;
}
