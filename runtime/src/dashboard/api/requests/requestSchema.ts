import { z } from '@hono/zod-openapi';
import { FAILURE_REASONS, REQUEST_STATES } from '../../../requests/lifecycle/requestState.ts';
import { wallMillisSchema } from '../instanceSchema.ts';

/** A duration in milliseconds. */
export const durationMillis = z.number().nonnegative();

/** Where a request is in its life. */
const requestState = z.enum(REQUEST_STATES);

/** How a request failed. */
const requestFailure = z.object({ reason: z.enum(FAILURE_REASONS), type: z.string().optional() });

/** The trace that a request is part of; nothing of it where there was none. */
export const requestTrace = {
  traceId: z.string().optional(),
  /** The span that was active when the request started. */
  spanId: z.string().optional(),
  /** Whether the trace is recorded, and can be looked at. */
  sampled: z.boolean().optional(),
};

/** What a stuck request waits in: the span of its trace that started last of those that have not ended. */
const unfinishedSpan = z.object({ name: z.string(), spanId: z.string(), sinceMillis: wallMillisSchema });

/** A request, as its instance tells of it. */
export const requestFacts = z.object({
  id: z.string(),
  operation: z.string(),
  state: requestState,
  failure: requestFailure.optional(),
  userId: z.string().optional(),
  agentId: z.string().optional(),
  parentId: z.string().optional(),
  ...requestTrace,
  startedMillis: wallMillisSchema,
  /** How long it waited for its processing; so far, while it waits. */
  pendingMillis: durationMillis,
  /** From its start to its end; so far, while it is not over. */
  durationMillis,
  /** Of an unfinished one: whether it has taken `stuckAfterMillis` or longer. */
  isStuck: z.boolean().optional(),
  /** Of a stuck one, where it is known. */
  waitsIn: unfinishedSpan.optional(),
});

/** A request, and the instance that it is known of. */
export const requestRow = requestFacts.extend({ instance: z.string() }).openapi('Request');

export type RequestState = z.infer<typeof requestState>;
export type RequestFailure = z.infer<typeof requestFailure>;
export type RequestFacts = z.infer<typeof requestFacts>;
export type RequestRow = z.infer<typeof requestRow>;
