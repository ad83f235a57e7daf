import { z } from '@hono/zod-openapi';
import { wallMillisSchema } from '../instanceSchema.ts';
import { errorCategory, errorGroupId, errorSeverity, resolutionState } from './errorSchema.ts';

/** How many groups are changed at once at most. */
const MOST_CHANGED_AT_ONCE = 100;
/** How long a note is at most. */
const MOST_NOTE_LENGTH = 1000;

const YEAR_MILLIS = 365 * 24 * 60 * 60 * 1000;

const note = z.string().trim().max(MOST_NOTE_LENGTH).optional();
const resolution = {
  /** The version in which the errors do not happen any more: those of older ones do not open the group again. */
  release: z.string().trim().min(1).max(200).optional(),
};
const ignoring = {
  /** The group opens after so many milliseconds; the first of what is said counts, and without any it stays ignored. */
  forMillis: z.int().min(1).max(YEAR_MILLIS).optional(),
  /** The group opens with so many more errors. */
  forCount: z.int().min(1).max(1_000_000_000).optional(),
};

/** What is said of a change. */
export const changeInput = z.strictObject({ id: errorGroupId, note });

/** How a group is resolved. */
export const resolveInput = z.strictObject({ id: errorGroupId, note, ...resolution });

/** For how long a group is ignored. */
export const ignoreInput = z.strictObject({ id: errorGroupId, note, ...ignoring });

/** The category that a group is given; `null` for that of its errors. */
export const categoryInput = z.strictObject({ id: errorGroupId, note, category: errorCategory.nullable() });

/** The severity that a group is given; `null` for that of its errors. */
export const severityInput = z.strictObject({ id: errorGroupId, note, severity: errorSeverity.nullable() });

/** Several groups, and what is done with each. */
export const bulkInput = z.strictObject({
  ids: z.array(errorGroupId).min(1).max(MOST_CHANGED_AT_ONCE),
  change: z.enum(['acknowledge', 'resolve', 'ignore', 'reopen']),
  note,
  ...resolution,
  ...ignoring,
});

/** Where a group is now, and who brought it there. */
export const groupState = z.object({
  id: errorGroupId,
  state: resolutionState,
  category: errorCategory,
  severity: errorSeverity,
  /** Of the last change of its state. */
  atMillis: wallMillisSchema.optional(),
  by: z.string().optional(),
});

/** What became of each group. */
export const bulkOutput = z.object({
  done: z.array(errorGroupId),
  /** Where it could not be done, and why. */
  refused: z.array(z.object({ id: errorGroupId, reason: z.string() })),
  /** Groups that are not kept here. */
  unknown: z.array(errorGroupId),
});

export type GroupState = z.infer<typeof groupState>;
export type BulkInput = z.output<typeof bulkInput>;
export type BulkOutput = z.infer<typeof bulkOutput>;
