import { z } from '@hono/zod-openapi';

/**
 * Why Jaeger said nothing: `notConfigured` (the page was not told of its query API), `unreachable`, `slow`, `refused` (log-in
 * needed), `broken` (no answer of Jaeger's), `tooLarge`, `notFound`, `badQuery`.
 */
export const traceProblem = z
  .object({
    kind: z.enum(['notConfigured', 'unreachable', 'slow', 'refused', 'broken', 'tooLarge', 'notFound', 'badQuery']),
    /** For people: what went wrong, and what to do. */
    text: z.string(),
  })
  .openapi('TraceProblem');

export type TraceProblem = z.infer<typeof traceProblem>;

/** IDs of traces and spans as people and programs write them; what is none is answered as a problem. */
export const traceIdText = z.string().min(1).max(64);
