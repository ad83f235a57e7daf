import { z } from '@hono/zod-openapi';
import { LIST_ORDERS } from '../../../errors/groups/query/groupList.ts';
import { count } from '../countSchema.ts';
import { wallMillisSchema } from '../instanceSchema.ts';
import {
  errorCategory,
  errorGroupId,
  errorSeverity,
  errorSpike,
  errorTrace,
  errorWindow,
  groupHappening,
  resolutionState,
} from './errorSchema.ts';

/** How many groups an answer has at most: as many as an instance keeps. */
const MOST_GROUPS = 10_000;

/** `unresolved` are those that are open or acknowledged. */
const askedState = z.enum([...resolutionState.options, 'unresolved']);
const text = z.string().min(1).max(500);

/** Which groups are asked for: those that are like all that is given, counted in a window. */
export const errorsQuery = z.strictObject({
  window: errorWindow.default('1h'),
  order: z.enum(LIST_ORDERS).default('lastSeen'),
  limit: z.coerce.number().int().min(1).max(MOST_GROUPS).default(200),
  /** In the type, the message, the code or the place of the newest error, in whatever case. */
  text: text.optional(),
  category: errorCategory.optional(),
  severity: errorSeverity.optional(),
  state: askedState.optional(),
  /** Seen in this version of the application. */
  release: text.optional(),
  userId: text.optional(),
  /** Whether all errors of it were handled since it was opened. */
  handled: z.enum(['true', 'false']).optional(),
  /** Whether it was seen in the window. */
  seen: z.enum(['true', 'false']).optional(),
  /** What happened to it in the window, whatever became of it then. */
  happened: groupHappening.optional(),
  /** ID of one of the instances. */
  instance: text.optional(),
});

const counts = {
  count,
  /** Errors in the window. */
  inWindow: count,
  /** Users that were hit: at least so many where `hasMoreUsers`. */
  users: count,
  hasMoreUsers: z.boolean(),
  firstSeenMillis: wallMillisSchema,
  lastSeenMillis: wallMillisSchema,
  /** What happened to it in the window. */
  happened: z.array(groupHappening),
};

/** A group, as one instance tells of it; texts are cut. */
const listedGroup = z.object({
  id: errorGroupId,
  type: z.string(),
  /** Of the newest error, so are code and place. */
  message: z.string(),
  code: z.string().optional(),
  culprit: z.string().optional(),
  category: errorCategory,
  severity: errorSeverity,
  state: resolutionState,
  isHandled: z.boolean(),
  /** Whether it came back after it was resolved. */
  isRegressed: z.boolean(),
  spike: errorSpike.optional(),
  ...counts,
  releases: z.array(z.string()),
  /** Of the newest error that is kept whole. */
  ...errorTrace,
  /** The slices of the course in which it was seen, from 0, and how often. */
  bars: z.array(z.tuple([count, count])),
});

/** A group of which only numbers are told, in a short form: there are thousands. */
const tally = z.tuple([
  errorGroupId,
  resolutionState,
  errorCategory,
  errorSeverity,
  count,
  count,
  count,
  z.boolean(),
  wallMillisSchema,
  wallMillisSchema,
  z.array(groupHappening),
]);

/** How often it happened in the window, whatever became of the groups: of several instances, on each. */
const figures = z.object({
  errors: count,
  perMinute: z.number().nonnegative(),
  newGroups: count,
  regressions: count,
  spikes: count,
  resolutions: count,
});

/** Slice by slice, the oldest first; of each the errors, groups that began, that came back and that began to spike. */
const windowCourse = z.object({
  startMillis: wallMillisSchema,
  sliceMillis: z.number().positive(),
  slices: z.array(z.tuple([count, count, count, count])).max(100),
});

/** One instance's groups; nothing where it does not track errors. */
export const errorsPart = z.object({
  errors: z
    .object({
      groups: z.array(listedGroup).max(MOST_GROUPS),
      total: count,
      others: z.array(tally).max(MOST_GROUPS),
      figures,
      course: windowCourse,
      /** Errors that belong to no group: nobody had time or room for them, or their groups were let go of. */
      ungrouped: count,
    })
    .optional(),
});

/** A group, as all instances together know it. */
const errorRow = listedGroup
  .extend({
    /** Those that know it. */
    instances: z.array(z.string()),
  })
  .openapi('ErrorGroup');

/** How many groups there are of each kind, of all that are kept. */
const groupTotals = z.object({
  groups: count,
  category: z.partialRecord(errorCategory, count),
  severity: z.partialRecord(errorSeverity, count),
  state: z.partialRecord(resolutionState, count),
  /** To how many each happened in the window. */
  happened: z.partialRecord(groupHappening, count),
});

/** The first groups of an order, and what there is besides. */
export const errorsResult = z.object({
  /** Instances that do not track errors. */
  off: z.array(z.string()),
  groups: z.array(errorRow),
  /** How many fit. */
  total: count,
  totals: groupTotals,
  figures: figures.extend({
    /** How often errors come in the newer half of the window, as a multiple of the older; not there where that had none. */
    trend: z.number().nonnegative().optional(),
  }),
  /** Bars of groups are of its slices. Not there where nobody tracks errors. */
  course: windowCourse.optional(),
  /** Errors that belong to no group. */
  ungrouped: count,
  /** Versions of the application that the groups shown were seen in. */
  releases: z.array(z.string()),
});

export type ErrorsQuery = z.output<typeof errorsQuery>;
export type ErrorsPart = z.infer<typeof errorsPart>;
export type ListedErrors = NonNullable<ErrorsPart['errors']>;
export type ErrorTally = z.infer<typeof tally>;
export type ErrorRow = z.infer<typeof errorRow>;
export type ErrorTotals = z.infer<typeof groupTotals>;
export type WindowCourse = z.infer<typeof windowCourse>;
export type ErrorsResult = z.infer<typeof errorsResult>;
