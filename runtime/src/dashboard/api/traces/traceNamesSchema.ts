import { z } from '@hono/zod-openapi';
import { traceProblem } from './traceProblemSchema.ts';

/** How many names of each kind an answer has at most. */
export const MOST_NAMES = 2000;

/** Of which service operations are named. */
export const traceNamesQuery = z.strictObject({ service: z.string().max(1000).optional() });

/** What can be sought. */
export const traceNamesResult = z.object({
  problem: traceProblem.optional(),
  /** This application's own; Jaeger may not have it yet. */
  ownService: z.string(),
  /** Those that have sent spans, sorted. */
  services: z.array(z.string()).max(MOST_NAMES),
  /** Of the service that was asked for, sorted. */
  operations: z.array(z.string()).max(MOST_NAMES),
});

export type TraceNamesResult = z.infer<typeof traceNamesResult>;
