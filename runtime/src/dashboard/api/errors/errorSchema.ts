import { z } from '@hono/zod-openapi';
import { ERROR_CATEGORIES } from '../../../errors/errorCategory.ts';
import { RESOLUTION_STATES } from '../../../errors/errorGroupSnapshot.ts';
import { ERROR_SEVERITIES } from '../../../errors/errorSeverity.ts';
import { GROUP_HAPPENINGS } from '../../../errors/groups/query/groupHappenings.ts';
import { ERROR_WINDOWS } from '../../../errors/groups/statistics/errorWindows.ts';
import { count } from '../countSchema.ts';
import { wallMillisSchema } from '../instanceSchema.ts';

/** What errors are about. */
export const errorCategory = z.enum(ERROR_CATEGORIES);

/** How bad errors are. */
export const errorSeverity = z.enum(ERROR_SEVERITIES);

/** What people made of a group. */
export const resolutionState = z.enum(RESOLUTION_STATES);

/** What happened to a group: it was new, came back after it was resolved, began to spike, was resolved. */
export const groupHappening = z.enum(GROUP_HAPPENINGS);

/** The windows in which errors are counted. */
export const errorWindow = z.enum(ERROR_WINDOWS);

/** IDs of groups: 16 hexadecimal digits. */
export const errorGroupId = z.string().min(1).max(64);

/** A minute in which a group's errors came significantly more often than before. */
export const errorSpike = z.object({ count, expected: z.number().nonnegative(), pValue: z.number() });

/** Errors slice by slice of a window, the oldest first: the first slice begins at `startMillis`. */
export const errorCourse = z.object({
  startMillis: wallMillisSchema,
  sliceMillis: z.number().positive(),
  errors: z.array(count).max(100),
});

/** A trace that an error happened in; nothing of it where there was none. */
export const errorTrace = {
  traceId: z.string().optional(),
  /** Whether the trace is recorded, and can be looked at. */
  sampled: z.boolean().optional(),
};

export type ErrorCategory = z.infer<typeof errorCategory>;
export type ErrorSeverity = z.infer<typeof errorSeverity>;
export type ResolutionState = z.infer<typeof resolutionState>;
export type GroupHappening = z.infer<typeof groupHappening>;
