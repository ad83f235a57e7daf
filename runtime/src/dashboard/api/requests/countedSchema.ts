import { z } from '@hono/zod-openapi';
import { count } from '../countSchema.ts';
import { durationMillis } from './requestSchema.ts';

/** A bucket's number and how many it holds, one after the other; twice as many as there are buckets. */
const pairs = z.array(z.int()).max(2 * 16_384);

/** Durations of requests, to be added to others. */
const durations = z.object({
  count,
  sumMillis: durationMillis,
  minMillis: durationMillis,
  maxMillis: durationMillis,
  pairs,
});

/** What requests took and how they ended, to be added to what other instances counted; without rounding anything. */
export const counted = z.object({
  completed: durations.optional(),
  failed: durations.optional(),
  cancelled: count,
  satisfied: count,
  tolerating: count,
});

/** How long requests took. Percentiles are within 1 % of the exact ones, also of all instances together. */
const durationStatistics = z.object({
  minMillis: durationMillis,
  meanMillis: durationMillis,
  p50Millis: durationMillis,
  p90Millis: durationMillis,
  p95Millis: durationMillis,
  p99Millis: durationMillis,
  p999Millis: durationMillis,
  maxMillis: durationMillis,
});

/** What requests took, and how they ended. */
export const requestStatistics = z.object({
  /** Requests that ended within the window. */
  count,
  completed: count,
  /** For all reasons. */
  failed: count,
  /** Those among the failed that nobody waited for any more. */
  cancelled: count,
  ratePerSecond: z.number().nonnegative(),
  /** Failed ones of all that ended, cancelled ones in neither, from 0 to 1; not there where none ended so. */
  errorRatio: z.number().min(0).max(1).optional(),
  /** From 0 to 1; not there where none ended, or all were cancelled. */
  apdex: z.number().min(0).max(1).optional(),
  durations: durationStatistics.optional(),
});

export type Counted = z.infer<typeof counted>;
export type CountedDurations = z.infer<typeof durations>;
export type DurationStatistics = z.infer<typeof durationStatistics>;
export type RequestStatistics = z.infer<typeof requestStatistics>;
