import { parseTraceId } from '../../traces/traceId.ts';
import { traceLink } from '../../traces/traceLinks.ts';
import type { TraceHead } from '../../traces/traceReader.ts';
import type { ViewSource } from '../../viewSource.ts';
import { inTurns } from '../../inTurns.ts';
import { requestFactsOf } from '../requests/requestFactsOf.ts';
import type { RequestFacts } from '../requests/requestSchema.ts';
import { defineView, type InstancePart } from '../view.ts';
import { askedJaeger, type Asked } from './askedJaeger.ts';
import { knownAvailability } from './knownAvailability.ts';
import { errorsOfTrace } from './traceErrors.ts';
import {
  MOST_OF_A_TRACE,
  type ShownTrace,
  tracePart,
  type TracePart,
  traceQuery,
  type TraceResult,
  traceResult,
} from './traceSchema.ts';

/** A trace, and what all instances know of it. Jaeger is asked by one of them. */
export const traceView = defineView({
  path: 'traces/{id}',
  summary: 'A trace, why there is none, and the requests and errors that belong to it',
  query: traceQuery,
  part: tracePart,
  result: traceResult,
  askPeers: { jaeger: 'false' },
  read: async (source: ViewSource, { id, jaeger }): Promise<TracePart> => {
    const { jaegerUrl, wallMillis } = source;
    const [asked, known] = await Promise.all([
      jaeger === 'true' ? askedJaeger(source, (reader) => reader.trace(id)) : undefined,
      knownOf(source, id),
    ]);
    const link = traceLink(jaegerUrl, id);
    return {
      ...(asked && saidOf(asked)),
      ...(link !== undefined && { jaegerLink: link }),
      ...known,
      nowMillis: wallMillis(),
    };
  },
  merge: (parts, { id }): TraceResult => {
    // Of those that were asked to ask Jaeger there is one.
    const said = parts.find(({ part }) => part.trace ?? part.problem)?.part;
    const { trace, problem } = said ?? {};
    const link = parts.find(({ part }) => part.jaegerLink !== undefined)?.part.jaegerLink;
    return {
      ...(trace && { trace }),
      ...(problem && { problem }),
      availability: knownAvailability(
        id,
        said ?? {},
        parts.map(({ part }) => part),
      ),
      ...(link !== undefined && { jaegerLink: link }),
      requests: onInstances(parts, ({ requests }) => requests)
        .sort((left, right) => left.startedMillis - right.startedMillis)
        .slice(0, MOST_OF_A_TRACE),
      requestCount: parts.reduce((sum, { part }) => sum + part.requestCount, 0),
      errors: onInstances(parts, ({ errors }) => errors)
        .sort((left, right) => left.atMillis - right.atMillis)
        .slice(0, MOST_OF_A_TRACE),
    };
  },
});

function saidOf({ value, problem }: Asked<TraceHead>): Pick<TracePart, 'trace' | 'problem'> {
  return problem === undefined ? { trace: shownTrace(value) } : { problem };
}

function shownTrace({ root, services, problems, ...head }: TraceHead): ShownTrace {
  return {
    ...head,
    ...(root && { root: { ...root } }),
    services: services.map((service) => ({ ...service })),
    problems: [...problems],
  };
}

async function knownOf(
  { observability: { requests, errors }, wallMillis }: ViewSource,
  id: string,
): Promise<Pick<TracePart, 'requests' | 'requestCount' | 'errors'>> {
  // Requests and errors know traces by all of their 32 digits.
  const traceId = parseTraceId(id)?.padStart(32, '0');
  if (traceId === undefined) return { requests: [], requestCount: 0, errors: [] };
  const finished = requests && (await inTurns(requests.searchFinished({ traceId }, { limit: MOST_OF_A_TRACE })));
  const unfinished = requests && (await inTurns(requests.searchUnfinished({ traceId }, { limit: MOST_OF_A_TRACE })));
  const found = [...(finished?.requests ?? []), ...(unfinished?.requests ?? [])];
  return {
    requests: found
      .map((request): RequestFacts => requestFactsOf(request, wallMillis()))
      .sort((left, right) => left.startedMillis - right.startedMillis)
      .slice(0, MOST_OF_A_TRACE),
    requestCount: (finished?.total ?? 0) + (unfinished?.total ?? 0),
    errors: errors ? await errorsOfTrace(errors.groups, traceId) : [],
  };
}

function onInstances<Told extends object>(
  parts: readonly InstancePart<TracePart>[],
  toldBy: (part: TracePart) => readonly Told[],
): (Told & { instance: string })[] {
  return parts.flatMap(({ instance, part }) => toldBy(part).map((told) => ({ ...told, instance: instance.id })));
}
