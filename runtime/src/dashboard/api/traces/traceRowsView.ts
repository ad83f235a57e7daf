import { traceLink } from '../../traces/traceLinks.ts';
import type { ViewSource } from '../../viewSource.ts';
import { defineView } from '../view.ts';
import { askedJaeger } from './askedJaeger.ts';
import { onlyPart } from './onlyPart.ts';
import {
  traceFindQuery,
  type TraceFindResult,
  traceFindResult,
  traceRowsQuery,
  type TraceRowsResult,
  traceRowsResult,
  traceSpansQuery,
  type TraceSpansResult,
  traceSpansResult,
} from './traceRowsSchema.ts';

/** Some of a trace's rows. */
export const traceRowsView = defineView({
  path: 'traces/{id}/rows',
  summary: 'The spans of a trace in the order in which they are shown, 1000 at a time',
  query: traceRowsQuery,
  part: traceRowsResult,
  result: traceRowsResult,
  askPeers: false,
  read: async (source: ViewSource, { id, from }): Promise<TraceRowsResult> => {
    const { value, problem } = await askedJaeger(source, (jaeger) => jaeger.rows(id, from));
    if (problem) return { problem, rows: [] };
    return value;
  },
  merge: onlyPart,
});

/** What a span says beside its times. */
export const traceSpansView = defineView({
  path: 'traces/{id}/spans/{spanId}',
  summary: 'Tags, events, exceptions, links and warnings of a span',
  query: traceSpansQuery,
  part: traceSpansResult,
  result: traceSpansResult,
  askPeers: false,
  read: async (source: ViewSource, { id, spanId }): Promise<TraceSpansResult> => {
    const { value, problem } = await askedJaeger(source, (jaeger) => jaeger.spans(id, spanId));
    const link = traceLink(source.jaegerUrl, id, spanId);
    return {
      ...(problem && { problem }),
      spans: value?.spans ?? [],
      ...(link !== undefined && { jaegerLink: link }),
    };
  },
  merge: onlyPart,
});

/** Where in a trace a text is. */
export const traceFindView = defineView({
  path: 'traces/{id}/find',
  summary: 'The rows of a trace in whose names, tags or events a text is',
  query: traceFindQuery,
  part: traceFindResult,
  result: traceFindResult,
  askPeers: false,
  read: async (source: ViewSource, { id, text }): Promise<TraceFindResult> => {
    const { value, problem } = await askedJaeger(source, (jaeger) => jaeger.find(id, text));
    return problem ? { problem, rows: [] } : value;
  },
  merge: onlyPart,
});
