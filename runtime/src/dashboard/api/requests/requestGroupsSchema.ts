import { z } from '@hono/zod-openapi';
import { STATISTICS_WINDOWS } from '../../../requests/statistics/outcomeSlices.ts';
import { count } from '../countSchema.ts';
import { counted, requestStatistics } from './countedSchema.ts';

/** How many groups an instance tells of, and an answer has at most. */
export const MOST_GROUPS = 1000;

/** What groups can be ordered by. */
const GROUP_ORDERS = [
  'count',
  'rate',
  'failed',
  'errorRatio',
  'apdex',
  'min',
  'mean',
  'p50',
  'p95',
  'p99',
  'max',
  'key',
] as const;

/** Which groups are asked for. */
export const requestGroupsQuery = z.strictObject({
  by: z.enum(['operation', 'userId', 'agentId', 'state']).default('operation'),
  window: z.enum(STATISTICS_WINDOWS).default('1h'),
  order: z.enum(GROUP_ORDERS).default('count'),
  direction: z.enum(['down', 'up']).default('down'),
  /** What the name of a group has in it, in whatever case. */
  text: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(MOST_GROUPS).default(200),
});

/** What an instance counted; nothing where it does not track requests. */
export const requestGroupsPart = z.object({
  counted: z
    .object({
      all: counted,
      groups: z.array(z.object({ key: z.string(), counted })).max(MOST_GROUPS),
      /** The time that it is of: the window, and the instance's age at most. */
      coveredSeconds: z.number().nonnegative(),
      /** How many groups there were, and how many requests ended in those that are not told of. */
      total: count,
      countBeyond: count,
    })
    .optional(),
});

/** One value of what requests are grouped by. */
const requestGroup = z
  .object({ key: z.string(), statistics: requestStatistics })
  .openapi('RequestGroup', { description: 'Of `(other)` are all those beyond the limits of the tracker.' });

/** The groups of all instances. */
export const requestGroupsResult = z.object({
  /** Instances that do not track requests. */
  off: z.array(z.string()),
  /** Of everything, whatever the groups are narrowed by. */
  all: requestStatistics.optional(),
  /** The longest of the times that instances cover. */
  coveredSeconds: z.number().nonnegative(),
  groups: z.array(requestGroup),
  /** How many groups fit. */
  total: count,
  /** Requests of groups that instances did not tell of, as they have more than 1000. */
  countBeyond: count,
});

export type RequestGroupsQuery = z.output<typeof requestGroupsQuery>;
export type RequestGroupsPart = z.infer<typeof requestGroupsPart>;
export type RequestGroupsResult = z.infer<typeof requestGroupsResult>;
export type RequestGroup = z.infer<typeof requestGroup>;
export type GroupOrder = (typeof GROUP_ORDERS)[number];
