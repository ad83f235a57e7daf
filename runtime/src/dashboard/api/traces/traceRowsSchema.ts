import { z } from '@hono/zod-openapi';
import { SPAN_KINDS } from '../../traces/spanFacts.ts';
import { count } from '../countSchema.ts';
import { wallMillisSchema } from '../instanceSchema.ts';
import { traceIdText, traceProblem } from './traceProblemSchema.ts';

/** Which rows: 1000 at most, from the index `from` on. */
export const traceRowsQuery = z.strictObject({
  id: traceIdText,
  from: z.coerce.number().int().min(0).max(10_000).default(0),
});

const row = z
  .object({
    /** Unique, but in broken traces. */
    spanId: z.string(),
    parentId: z.string().optional(),
    /** How many spans are above it. Rows are in the order in which they are shown: parents before their children. */
    depth: count,
    service: z.string(),
    operation: z.string(),
    /** Since the trace's start. */
    startMicros: z.number(),
    durationMicros: z.number(),
    isError: z.boolean(),
    kind: z.enum(SPAN_KINDS),
    /** Whether the parent that it names is not in the trace, or is beneath it. */
    isOrphan: z.boolean(),
    hasChildren: z.boolean(),
    isOnCriticalPath: z.boolean(),
    /** When the trace waited for it. */
    criticalSections: z.array(z.object({ startMicros: z.number(), durationMicros: z.number() })).readonly(),
  })
  .openapi('TraceRow');

/** Rows of one reading of the trace. */
export const traceRowsResult = z.object({
  problem: traceProblem.optional(),
  readMillis: wallMillisSchema.optional(),
  rows: z.array(row).readonly(),
});

/** Which span's details. */
export const traceSpansQuery = z.strictObject({ id: traceIdText, spanId: z.string().min(1).max(200) });

const tag = z.object({ key: z.string(), value: z.union([z.string(), z.number(), z.boolean()]) });

const tags = z.array(tag).readonly();

const spanDetails = z
  .object({
    tags,
    /** Times are in microseconds since the trace's start. */
    events: z.array(z.object({ atMicros: z.number(), name: z.string(), tags })).readonly(),
    exceptions: z
      .array(z.object({ atMicros: z.number(), type: z.string(), message: z.string(), stack: z.string() }))
      .readonly(),
    links: z.array(z.object({ traceId: z.string(), spanId: z.string() })).readonly(),
    warnings: z.array(z.string()).readonly(),
    /** What sent it. */
    process: z.object({ service: z.string(), tags }),
    /** How many tags and events are not shown. */
    leftOut: count,
  })
  .openapi('SpanDetails');

/** What the spans of an ID say: mostly one. Values that are secrets are not there. */
export const traceSpansResult = z.object({
  problem: traceProblem.optional(),
  spans: z.array(spanDetails).readonly(),
  jaegerLink: z.string().optional(),
});

/** What is looked for. */
export const traceFindQuery = z.strictObject({ id: traceIdText, text: z.string().min(1).max(200) });

/** The rows in whose names, tags or events it is. */
export const traceFindResult = z.object({
  problem: traceProblem.optional(),
  readMillis: wallMillisSchema.optional(),
  /** Indices. */
  rows: z.array(count).readonly(),
});

export type TraceRow = z.infer<typeof row>;
export type TraceRowsResult = z.infer<typeof traceRowsResult>;
export type ShownSpan = z.infer<typeof spanDetails>;
export type ShownTag = z.infer<typeof tag>;
export type TraceSpansResult = z.infer<typeof traceSpansResult>;
export type TraceFindResult = z.infer<typeof traceFindResult>;
