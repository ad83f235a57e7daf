import type { TraceSearch } from '../../traces/traceSearch.ts';
import type { TraceSummary } from '../../traces/traceSummary.ts';
import type { ViewSource } from '../../viewSource.ts';
import { defineView } from '../view.ts';
import { askedJaeger } from './askedJaeger.ts';
import { onlyPart } from './onlyPart.ts';
import { tagsOfText } from './tagsOfText.ts';
import {
  type TracesQuery,
  tracesQuery,
  type TracesResult,
  tracesResult,
  type TraceSummaryRow,
} from './tracesSchema.ts';

/** The traces that Jaeger finds. Jaeger is asked by one instance for all. */
export const tracesView = defineView({
  path: 'traces',
  summary: 'Traces that Jaeger finds: of a service, by operation, tags, duration and time',
  query: tracesQuery,
  part: tracesResult,
  result: tracesResult,
  askPeers: false,
  read: async (source: ViewSource, query): Promise<TracesResult> => {
    const { service = '', limit } = query;
    if (source.jaeger !== undefined && service === '') return { isAsked: false, traces: [], mayBeMore: false };
    const { value: found = [], problem } = await askedJaeger(source, async (jaeger) =>
      jaeger.search(searchOf(query, service, source.wallMillis())),
    );
    return {
      isAsked: true,
      ...(problem && { problem }),
      traces: found.slice(0, limit).map(rowOf),
      mayBeMore: found.length >= limit,
    };
  },
  merge: onlyPart,
});

/** @throws TraceQueryError where tags cannot be read */
function searchOf(query: TracesQuery, service: string, nowMillis: number): TraceSearch {
  const { operation, tags, minDurationMillis, maxDurationMillis, lastMinutes, startedUntilMillis, limit } = query;
  const { startedFromMillis = (startedUntilMillis ?? nowMillis) - lastMinutes * 60_000 } = query;
  return {
    service,
    ...(operation !== undefined && { operation }),
    ...(tags !== undefined && { tags: tagsOfText(tags) }),
    startedFromMillis: Math.max(0, startedFromMillis),
    startedUntilMillis: startedUntilMillis ?? nowMillis,
    ...(minDurationMillis !== undefined && { minDurationMillis }),
    ...(maxDurationMillis !== undefined && { maxDurationMillis }),
    limit,
  };
}

function rowOf({ root, services, ...summary }: TraceSummary): TraceSummaryRow {
  return { ...summary, ...(root && { root: { ...root } }), services: services.map((service) => ({ ...service })) };
}
