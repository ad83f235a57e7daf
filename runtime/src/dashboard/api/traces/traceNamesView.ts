import type { ViewSource } from '../../viewSource.ts';
import { defineView } from '../view.ts';
import { askedJaeger } from './askedJaeger.ts';
import { onlyPart } from './onlyPart.ts';
import { MOST_NAMES, traceNamesQuery, type TraceNamesResult, traceNamesResult } from './traceNamesSchema.ts';

/** Services and operations that Jaeger knows. */
export const traceNamesView = defineView({
  // No trace's ID: those have hexadecimal digits.
  path: 'traces/names',
  summary: 'Services that Jaeger has spans of, and the operations of one of them',
  query: traceNamesQuery,
  part: traceNamesResult,
  result: traceNamesResult,
  askPeers: false,
  read: async (source: ViewSource, { service = '' }): Promise<TraceNamesResult> => {
    const { value, problem } = await askedJaeger(source, async (jaeger) => {
      const [services, operations] = await Promise.all([
        jaeger.services(),
        service === '' ? [] : jaeger.operations(service),
      ]);
      return { services: services.slice(0, MOST_NAMES), operations: operations.slice(0, MOST_NAMES) };
    });
    return {
      ...(problem && { problem }),
      ownService: source.instance.service,
      services: value?.services ?? [],
      operations: value?.operations ?? [],
    };
  },
  merge: onlyPart,
});
