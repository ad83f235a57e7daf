import * as z from 'zod';
import type { Scenario } from './scenarios.ts';

const tag = z.looseObject({ key: z.string(), value: z.unknown() });
const trace = z.looseObject({
  traceID: z.string(),
  spans: z.array(
    z.looseObject({
      processID: z.string(),
      tags: z.array(tag),
      logs: z.array(z.looseObject({ fields: z.array(tag) })).optional(),
    }),
  ),
  processes: z.record(z.string(), z.looseObject({ serviceName: z.string() })),
});

/** What a trace shows of an error. */
export interface TraceFacts {
  readonly traceId: string;
  readonly spans: number;
  /** Whether a span of the service has the status ERROR. */
  readonly hasError: boolean;
  /** Whether one of the service has the event of an exception. */
  readonly hasException: boolean;
}

/** Looks at a trace, as Jaeger's query service returns it. */
export function traceFacts(given: unknown, scenario: Pick<Scenario, 'trace'>): TraceFacts {
  const { traceID, spans, processes } = trace.parse(given);
  const own = spans.filter(({ processID }) => processes[processID]?.serviceName === scenario.trace.service);
  return {
    traceId: traceID,
    spans: spans.length,
    hasError: own.some(({ tags }) => tags.some(({ key, value }) => key === 'otel.status_code' && value === 'ERROR')),
    hasException: own.some(({ logs = [] }) =>
      logs.some(({ fields }) => fields.some(({ key, value }) => key === 'event' && value === 'exception')),
    ),
  };
}
