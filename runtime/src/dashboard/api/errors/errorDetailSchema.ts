import { z } from '@hono/zod-openapi';
import { count } from '../countSchema.ts';
import { wallMillisSchema } from '../instanceSchema.ts';
import { eventSummary, wholeEvent } from './errorEventSchema.ts';
import {
  errorCategory,
  errorCourse,
  errorGroupId,
  errorSeverity,
  errorSpike,
  errorWindow,
  resolutionState,
} from './errorSchema.ts';

/** How many users are named at most. */
export const MOST_USERS = 200;
/** How many events are named at most, of each instance. */
export const MOST_EVENTS = 200;

/** Which group is asked for, the window it is counted in, and which of its errors is shown whole. */
export const errorDetailQuery = z.strictObject({
  id: errorGroupId,
  window: errorWindow.default('24h'),
  /** Key of an event. @defaultValue the newest */
  event: z.string().min(1).max(300).optional(),
});

/** What somebody gave a group. */
function given<Value extends z.ZodType>(to: Value) {
  return z.object({ to, atMillis: wallMillisSchema, by: z.string().optional(), note: z.string().optional() });
}

/** A change of a group's state. */
const resolutionChange = z.object({
  from: resolutionState,
  to: resolutionState,
  atMillis: wallMillisSchema,
  /** Who; not there where it happened by itself. */
  by: z.string().optional(),
  note: z.string().optional(),
  release: z.string().optional(),
  untilMillis: wallMillisSchema.optional(),
  untilCount: count.optional(),
});

/** In which version a group was seen, how often, and since when: as of the errors that are kept whole. */
const releaseSeen = z.object({ release: z.string(), count, sinceMillis: wallMillisSchema.optional() });

/** What is known of a group as a whole. */
const groupFacts = z.object({
  id: errorGroupId,
  type: z.string(),
  message: z.string(),
  code: z.string().optional(),
  culprit: z.string().optional(),
  category: errorCategory,
  severity: errorSeverity,
  categoryGiven: given(errorCategory).optional(),
  severityGiven: given(errorSeverity).optional(),
  state: resolutionState,
  isRegressed: z.boolean(),
  spike: errorSpike.optional(),
  count,
  /** Errors in the window. */
  inWindow: count,
  users: count,
  hasMoreUsers: z.boolean(),
  firstSeenMillis: wallMillisSchema,
  lastSeenMillis: wallMillisSchema,
  firstRelease: z.string().optional(),
  lastRelease: z.string().optional(),
  releases: z.array(releaseSeen),
  /** Errors of versions beyond these. */
  inOtherReleases: count,
});

/** What one instance knows of a group. */
export const errorDetailPart = z.object({
  group: groupFacts,
  userIds: z.array(z.string()).max(MOST_USERS),
  history: z.array(resolutionChange),
  historyLeftOut: count,
  course: errorCourse,
  events: z.array(eventSummary).max(MOST_EVENTS),
  /** The one that was asked for, or the newest. */
  event: wholeEvent.optional(),
});

/** The group on one instance. */
const groupOnInstance = z.object({
  id: z.string(),
  version: z.string().optional(),
  sinceMillis: wallMillisSchema,
  state: resolutionState,
  count,
  inWindow: count,
});

/** All that is known of a group. */
export const errorDetailResult = z.object({
  group: groupFacts,
  /** Those that know it. */
  instances: z.array(groupOnInstance),
  /** As far as users are told apart and named. */
  userIds: z.array(z.string()),
  /** The oldest first; what was done on several instances at once stands once. */
  history: z.array(resolutionChange.extend({ instances: z.array(z.string()) })),
  historyLeftOut: count,
  course: errorCourse,
  /** Errors that are kept whole, the newest first. */
  events: z.array(eventSummary.extend({ instance: z.string() })),
  /** The one that was asked for; the newest where none was, or where it is not kept any more. */
  event: wholeEvent.extend({ instance: z.string() }).optional(),
});

export type ErrorDetailQuery = z.output<typeof errorDetailQuery>;
export type ErrorDetailPart = z.infer<typeof errorDetailPart>;
export type ErrorDetailResult = z.infer<typeof errorDetailResult>;
export type GroupFacts = z.infer<typeof groupFacts>;
export type GroupResolutionChange = z.infer<typeof resolutionChange>;
