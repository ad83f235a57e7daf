import { z } from '@hono/zod-openapi';
import { count } from '../countSchema.ts';
import { traceProblem } from './traceProblemSchema.ts';

/** How many traces an answer has at most. */
const MOST_TRACES = 100;

const text = z.string().max(1000);
const millis = z.coerce.number().nonnegative();

/**
 * Which traces are sought: those with one span at least that is like all of it. Jaeger looks nowhere without a service: without
 * one the answer is empty.
 */
export const tracesQuery = z.strictObject({
  service: text.optional(),
  operation: text.optional(),
  /** `http.response.status_code=500 error=true`; values with blanks in double quotes. */
  tags: z.string().max(4000).optional(),
  minDurationMillis: millis.optional(),
  maxDurationMillis: millis.optional(),
  /** Spans that began within so many minutes before now. */
  lastMinutes: z.coerce.number().int().min(1).max(525_600).default(60),
  /** In the place of `lastMinutes`: milliseconds since 1970. */
  startedFromMillis: millis.optional(),
  startedUntilMillis: millis.optional(),
  limit: z.coerce.number().int().min(1).max(MOST_TRACES).default(20),
});

const traceSummary = z
  .object({
    traceId: z.string(),
    /** With what it begins; not there where the trace has no spans. */
    root: z
      .object({
        service: z.string(),
        operation: z.string(),
        isError: z.boolean(),
        /** Whether it is the beginning itself; else that is missing. */
        isComplete: z.boolean(),
      })
      .optional(),
    /** Microseconds since 1970. */
    startMicros: z.number(),
    durationMicros: z.number(),
    spanCount: count,
    /** How many spans failed. */
    errorCount: count,
    /** Those with the most spans first. */
    services: z.array(z.object({ name: z.string(), spans: count })),
  })
  .openapi('TraceSummary');

/** What Jaeger found, the latest first, or why it found nothing. */
export const tracesResult = z.object({
  /** Whether Jaeger was asked: it is not without a service. */
  isAsked: z.boolean(),
  problem: traceProblem.optional(),
  traces: z.array(traceSummary).max(MOST_TRACES),
  /** Whether there may be more: as many were found as were asked for. */
  mayBeMore: z.boolean(),
});

export type TracesQuery = z.output<typeof tracesQuery>;
export type TracesResult = z.infer<typeof tracesResult>;
export type TraceSummaryRow = z.infer<typeof traceSummary>;
