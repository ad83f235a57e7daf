import { z } from 'zod';
import { listOf, tableOf } from './listOf.ts';

const micros = z.number().nonnegative();

const tag = z.object({ key: z.string(), value: z.unknown() });

const reference = z.object({ refType: z.string(), traceID: z.string(), spanID: z.string() });

const span = z.object({
  spanID: z.string(),
  /** Of old storages; `references` say it otherwise. */
  parentSpanID: z.string().optional(),
  operationName: z.string(),
  references: listOf(reference).nullish(),
  /** Since 1970. */
  startTime: micros,
  duration: micros,
  tags: listOf(tag).nullish(),
  logs: listOf(z.object({ timestamp: micros, fields: listOf(tag).nullish() })).nullish(),
  processID: z.string().optional(),
  warnings: listOf(z.string()).nullish(),
});

const process = z.object({ serviceName: z.string(), tags: listOf(tag).nullish() });

/**
 * A trace as Jaeger's query API answers it (model/json/model.go of 1.50): lists may be `null`, and 64-bit numbers are texts
 * where JavaScript has no such number. What is not used here is let go of.
 */
export const jaegerTraceSchema = z.object({
  traceID: z.string(),
  spans: listOf(span).nullable(),
  processes: tableOf(process).nullable(),
  warnings: listOf(z.string()).nullish(),
});

export type JaegerTrace = z.infer<typeof jaegerTraceSchema>;
export type JaegerSpan = z.infer<typeof span>;
export type JaegerTag = z.infer<typeof tag>;

/** The service of a span; `unknown service` where the trace does not say it. */
export function serviceOf({ processID = '' }: JaegerSpan, { processes }: JaegerTrace): string {
  return processes?.[processID]?.serviceName ?? 'unknown service';
}
