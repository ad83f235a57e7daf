import { z } from '@hono/zod-openapi';
import { FAILURE_REASONS, REQUEST_STATES } from '../../../requests/lifecycle/requestState.ts';
import { FINISHED_ORDERS } from '../../../requests/query/searchRecords.ts';
import { count } from '../countSchema.ts';
import { durationMillis, requestFacts, requestRow } from './requestSchema.ts';

/** How many requests an answer has at most. */
const MOST_REQUESTS = 1000;

const name = z.string().min(1).max(500);
const millis = z.coerce.number().nonnegative();

/** What requests are narrowed by: those are shown that are like all that is given. */
export const requestFilterQuery = {
  id: name.optional(),
  operation: name.optional(),
  userId: name.optional(),
  agentId: name.optional(),
  parentId: name.optional(),
  traceId: name.optional(),
  state: z.enum(REQUEST_STATES).optional(),
  failureReason: z.enum(FAILURE_REASONS).optional(),
  /** The name of an error's class, or a status such as `503`. */
  failureType: name.optional(),
  /** Whether nobody waited for it any more. With the state `failed`, `false` leaves those that count as failures. */
  cancelled: z.enum(['true', 'false']).optional(),
  /** Whether the trace is recorded; requests without any are neither. */
  sampled: z.enum(['true', 'false']).optional(),
  minDurationMillis: millis.optional(),
  maxDurationMillis: millis.optional(),
  /** Started then or later: milliseconds since 1970. */
  startedFromMillis: millis.optional(),
  /** Started before: milliseconds since 1970. */
  startedBeforeMillis: millis.optional(),
  /** ID of one of the instances. */
  instance: name.optional(),
};

/**
 * Which requests are asked for. `stuck` are the unfinished ones that have taken `stuckAfterMillis` or longer; unfinished ones
 * come oldest first whatever `order` says, finished ones by it.
 */
export const requestsQuery = z.strictObject({
  show: z.enum(['finished', 'unfinished', 'stuck']).default('finished'),
  order: z.enum(FINISHED_ORDERS).default('newest'),
  limit: z.coerce.number().int().min(1).max(MOST_REQUESTS).default(200),
  ...requestFilterQuery,
});

/** What there is to be looked through, and for how long it stays. */
const keeping = z.object({
  finished: count,
  unfinished: count,
  /** Among the unfinished. */
  stuck: count,
  stuckAfterMillis: durationMillis,
  /** How long finished ones stay at most, and how many of both an instance keeps. */
  maxAgeMillis: durationMillis,
  maxRequests: count,
});

/** One instance's requests; without `keeping` where it does not track any. */
export const requestsPart = z.object({
  keeping: keeping.optional(),
  requests: z.array(requestFacts).max(MOST_REQUESTS),
  /** How many fit. */
  total: count,
});

/** The first requests of all instances. */
export const requestsResult = z.object({
  /** Of all instances; not there where none tracks requests. */
  keeping: keeping.optional(),
  /** Instances that do not track requests. */
  off: z.array(z.string()),
  requests: z.array(requestRow),
  /** How many fit. */
  total: count,
});

export type RequestsQuery = z.output<typeof requestsQuery>;
export type RequestsPart = z.infer<typeof requestsPart>;
export type RequestsResult = z.infer<typeof requestsResult>;
export type Keeping = z.infer<typeof keeping>;
