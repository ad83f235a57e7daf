import { z } from '@hono/zod-openapi';
import { ERROR_SEVERITIES } from '../../../errors/errorSeverity.ts';
import { count } from '../countSchema.ts';
import { wallMillisSchema } from '../instanceSchema.ts';
import { requestFacts, requestRow } from '../requests/requestSchema.ts';
import { traceIdText, traceProblem } from './traceProblemSchema.ts';

/** How many requests and errors of a trace are told of. */
export const MOST_OF_A_TRACE = 100;

/** Which trace; `jaeger=false` asks for what instances know of it alone. */
export const traceQuery = z.strictObject({ id: traceIdText, jaeger: z.enum(['true', 'false']).default('true') });

/** A trace without its rows, which are at `traces/{id}/rows`. Times are in microseconds. */
const trace = z
  .object({
    /** When it was read from Jaeger, in milliseconds since 1970: rows of the same reading belong to it. */
    readMillis: wallMillisSchema,
    traceId: z.string(),
    root: z
      .object({ service: z.string(), operation: z.string(), isError: z.boolean(), isComplete: z.boolean() })
      .optional(),
    /** Since 1970. */
    startMicros: z.number(),
    durationMicros: z.number(),
    services: z.array(z.object({ name: z.string(), spans: count, errors: count })),
    spanCount: count,
    errorCount: count,
    /** How many rows there are: no more than 10,000. */
    rowCount: count,
    /** For people: what is wrong with the trace, and what is not shown of it. */
    problems: z.array(z.string()),
  })
  .openapi('Trace');

/** An error that was captured in the trace. */
const traceError = z.object({
  groupId: z.string(),
  type: z.string(),
  message: z.string(),
  severity: z.enum(ERROR_SEVERITIES),
  isHandled: z.boolean(),
  atMillis: wallMillisSchema,
  spanId: z.string().optional(),
  sampled: z.boolean().optional(),
});

/** What an instance knows of a trace, and what it was told by Jaeger where it was asked to ask. */
export const tracePart = z.object({
  trace: trace.optional(),
  problem: traceProblem.optional(),
  jaegerLink: z.string().optional(),
  requests: z.array(requestFacts).max(MOST_OF_A_TRACE),
  requestCount: count,
  errors: z.array(traceError).max(MOST_OF_A_TRACE),
  nowMillis: wallMillisSchema,
});

/** Everything that is known of a trace. */
export const traceResult = z.object({
  /** Where Jaeger has it. */
  trace: trace.optional(),
  /** What kept Jaeger from answering. */
  problem: traceProblem.optional(),
  availability: z.object({
    state: z.enum(['found', 'notTraced', 'notSampled', 'notConfigured', 'notSentYet', 'notFound', 'unreadable']),
    /** For people: why there is no trace, and what to do; empty where there is one. */
    text: z.string(),
  }),
  /** Where Jaeger's own UI shows it. */
  jaegerLink: z.string().optional(),
  /** Requests of the trace that instances keep; `requestCount` counts those beyond the first 100, too. */
  requests: z.array(requestRow),
  requestCount: count,
  /** Errors of the trace that are kept whole, the oldest first. */
  errors: z.array(traceError.extend({ instance: z.string() })),
});

export type TracePart = z.infer<typeof tracePart>;
export type TraceResult = z.infer<typeof traceResult>;
export type ShownTrace = z.infer<typeof trace>;
export type TraceError = z.infer<typeof traceError>;
