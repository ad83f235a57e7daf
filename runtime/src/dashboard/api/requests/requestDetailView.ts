import type { RequestAttribute, RequestSnapshot } from '../../../requests/requestSnapshot.ts';
import type { RequestFilter } from '../../../requests/query/requestFilter.ts';
import type { RequestTracker } from '../../../requests/requestTracker.ts';
import type { ViewSource } from '../../viewSource.ts';
import { defineView, type InstancePart } from '../view.ts';
import { inTurns } from '../../inTurns.ts';
import { jsonValue } from '../jsonValue.ts';
import {
  MOST_RELATED,
  requestDetailPart,
  type RequestDetailPart,
  requestDetailQuery,
  requestDetailResult,
  type RequestDetailResult,
  type ShownAttribute,
} from './requestDetailSchema.ts';
import { errorsOfRequest } from './requestErrors.ts';
import { requestFactsOf } from './requestFactsOf.ts';
import type { RequestFacts, RequestRow } from './requestSchema.ts';

interface Related<Request> {
  readonly requests: Request[];
  readonly total: number;
}

const NONE: Related<never> = { requests: [], total: 0 };

/** Everything that is known of a request. */
export const requestDetailView = defineView({
  path: 'requests/{id}',
  summary: 'Everything that is known of a request: its life, its parent and parts, its errors',
  query: requestDetailQuery,
  part: requestDetailPart,
  result: requestDetailResult,
  read: async ({ observability: { requests, errors }, wallMillis }: ViewSource, { id }) => {
    if (requests === undefined) return undefined;
    const factsOf = (request: RequestSnapshot) => requestFactsOf(request, wallMillis());
    const request = requests.getUnfinished(id) ?? requests.get(id);
    const children = await related(requests, { parentId: id }, factsOf);
    if (request === undefined && children.total === 0) return undefined;
    const { parentId, traceId } = request ?? {};
    const parent = parentId === undefined ? undefined : requests.get(parentId);
    const inTrace = traceId === undefined ? NONE : await related(requests, { traceId }, factsOf);
    const facts = request && { ...factsOf(request), attributes: attributesOf(request.attributes) };
    return {
      ...(facts && { request: facts }),
      ...(parent && { parent: factsOf(parent) }),
      children,
      sameTrace: without(inTrace, [id, parentId, ...children.requests.map((child) => child.id)]),
      errors: facts && errors ? await errorsOfRequest(errors.groups.statistics, id, facts.startedMillis) : [],
      hasErrorTracker: errors !== undefined,
    };
  },
  merge: (parts): RequestDetailResult => {
    const parent = parts.flatMap(({ instance, part }) =>
      part.parent ? [onInstance(part.parent, instance.id)] : [],
    )[0];
    return {
      requests: parts.flatMap(({ instance, part }) => (part.request ? [onInstance(part.request, instance.id)] : [])),
      ...(parent && { parent }),
      children: merged(parts, ({ children }) => children),
      sameTrace: merged(parts, ({ sameTrace }) => sameTrace),
      errors: parts
        .flatMap(({ instance, part }) => part.errors.map((error) => onInstance(error, instance.id)))
        .sort((a, b) => a.atMillis - b.atMillis),
      hasErrorTracker: parts.some(({ part }) => part.hasErrorTracker),
    };
  },
  missing: ({ id }) =>
    `No request ${JSON.stringify(id)} is kept, nor any part of it. Requests are let go of by age and number; ` +
    'their statistics, and samples of the slowest, stay longer. Where the tracker is switched off (requests: false), none ' +
    'is kept: leave requests out of createObservability, or give its limits.',
});

/** The first to start are first. */
async function related(
  requests: RequestTracker,
  filter: RequestFilter,
  factsOf: (request: RequestSnapshot) => RequestFacts,
): Promise<Related<RequestFacts>> {
  const finished = await inTurns(requests.searchFinished(filter, { limit: MOST_RELATED }));
  const unfinished = await inTurns(requests.searchUnfinished(filter, { limit: MOST_RELATED }));
  const found = [...finished.requests, ...unfinished.requests].map(factsOf);
  return { requests: found.sort(byStart).slice(0, MOST_RELATED), total: finished.total + unfinished.total };
}

/** Leaves out those that are shown elsewhere. */
function without(
  { requests, total }: Related<RequestFacts>,
  ids: readonly (string | undefined)[],
): Related<RequestFacts> {
  const others = requests.filter(({ id }) => !ids.includes(id));
  return { requests: others, total: total - (requests.length - others.length) };
}

function merged(
  parts: readonly InstancePart<RequestDetailPart>[],
  of: (part: RequestDetailPart) => Related<RequestFacts>,
): Related<RequestRow> {
  const requests = parts.flatMap(({ instance, part }) =>
    of(part).requests.map((request) => onInstance(request, instance.id)),
  );
  return {
    requests: requests.sort(byStart).slice(0, MOST_RELATED),
    total: parts.reduce((total, { part }) => total + of(part).total, 0),
  };
}

function onInstance<Told extends object>(told: Told, instance: string): Told & { instance: string } {
  return { ...told, instance };
}

function byStart(a: RequestFacts, b: RequestFacts): number {
  return a.startedMillis - b.startedMillis;
}

function attributesOf(attributes: Readonly<Record<string, RequestAttribute>>): ShownAttribute[] {
  return Object.entries(attributes).map(([name, value]) => ({ name, value: jsonValue(value) }));
}
