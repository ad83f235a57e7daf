import { z } from '@hono/zod-openapi';
import { ERROR_CATEGORIES } from '../../../errors/errorCategory.ts';
import { RESOLUTION_STATES } from '../../../errors/errorGroupSnapshot.ts';
import { ERROR_SEVERITIES } from '../../../errors/errorSeverity.ts';
import { count } from '../countSchema.ts';
import { wallMillisSchema } from '../instanceSchema.ts';
import { counted } from '../requests/countedSchema.ts';
import { viewLink } from '../viewLinkSchema.ts';
import { requestFacts } from '../requests/requestSchema.ts';

const text = z.string().max(2_000);
const ratio = z.number().nonnegative();

/** Over which time signals are shown, and compared with the same time before. */
export const overviewQuery = z.strictObject({ window: z.enum(['5m', '1h', '24h']).default('1h') });

/** What ended in some time, to be added to what other instances counted. */
const outcome = z.object({ counted, coveredSeconds: z.number().nonnegative() });

const bar = outcome.extend({ fromMillis: wallMillisSchema, widthMillis: z.number().positive() });

const failingUser = z.object({ userId: z.string(), count, failures: count });

const requestsPart = z.object({
  /** Slices of the window, the oldest first; those without a request are there, too. */
  bars: z.array(bar).max(40),
  /** What ended in as long a time before the window, where that is known. */
  before: outcome.optional(),
  /** What ended in the last five minutes. */
  recent: outcome,
  /** How many ended in the hour before that, whatever the window is, and when the last slice of these ended. */
  earlier: z.object({ count, coveredSeconds: z.number().nonnegative(), lastMillis: wallMillisSchema.optional() }),
  /** The median of the 99th percentiles of the slices of the last day before that, and of how many requests. */
  usual: z.object({ p99Millis: z.number().nonnegative(), count, slices: count }).optional(),
  unfinished: count,
  stuckCount: count,
  stuckAfterMillis: z.number(),
  /** Those that have been stuck for longest. */
  stuck: z.array(requestFacts).max(5),
  /** The operations with the highest 95th percentiles within the window. */
  operations: z.array(z.object({ operation: z.string(), counted })).max(20),
  /** The users with the most failed requests within the window. */
  failingUsers: z.array(failingUser).max(20),
});

const spike = z.object({ count, expected: z.number(), pValue: z.number() });

/** A group of errors in short. */
const group = z.object({
  id: z.string(),
  type: text,
  message: text,
  culprit: text.optional(),
  category: z.enum(ERROR_CATEGORIES),
  severity: z.enum(ERROR_SEVERITIES),
  state: z.enum(RESOLUTION_STATES),
  count,
  users: count,
  firstSeenMillis: wallMillisSchema,
  lastSeenMillis: wallMillisSchema,
  firstRelease: z.string().optional(),
  regressedMillis: wallMillisSchema.optional(),
  spike: spike.optional(),
});

const groups = z.array(group).max(50);

/** The last change of a group's state. */
const change = z.object({
  id: z.string(),
  type: text,
  from: z.enum(RESOLUTION_STATES),
  to: z.enum(RESOLUTION_STATES),
  atMillis: wallMillisSchema,
  /** Not there where it happened by itself. */
  by: z.string().optional(),
  note: text.optional(),
});

const bySeverity = z.object({ low: count, medium: count, high: count, critical: count });

/** IDs with a blank between, for there are thousands. */
const ids = z.string().max(1_000_000);

const errorsPart = z.object({
  /** Every group that is kept, by its state and by how bad it is. */
  ids: z.partialRecord(z.enum(RESOLUTION_STATES), z.partialRecord(z.enum(ERROR_SEVERITIES), ids)),
  pressing: groups,
  /** Of the last day, the worst first. */
  appeared: groups,
  appearedCount: count,
  appearedInRelease: count,
  regressed: groups,
  regressedCount: count,
  spiking: groups,
  olderIds: z.array(z.string()).max(200),
  changes: z.array(change).max(50),
  releases: z.array(z.object({ release: z.string(), lastSeenMillis: wallMillisSchema })).max(10),
  /** Errors that were captured, and those that are in no group that is kept, for want of room or time. */
  errors: count,
  notKept: count,
});

/** What fills up. */
export const LEVELS = ['cpu', 'memory', 'machineMemory', 'eventLoop', 'disk'] as const;

const level = z.object({
  key: z.enum(LEVELS),
  /** What the highest is of, where there are several: a mount point. */
  of: z.string().optional(),
  latest: z.number(),
  /** The mean of the last five minutes. */
  recent: z.number(),
  /** Means of the window, and of as long a time before. */
  current: z.number(),
  before: z.number().optional(),
  /** The highest of each slice of the window; slices of which nothing is known are not there. */
  points: z.array(z.object({ fromMillis: wallMillisSchema, value: z.number() })).max(70),
});

const levelChange = z.object({
  metric: z.string(),
  unit: z.string(),
  atMillis: wallMillisSchema,
  from: z.number(),
  to: z.number(),
});

const raised = z.object({
  name: z.string(),
  metric: z.string(),
  statistic: z.string(),
  above: z.number().optional(),
  below: z.number().optional(),
  value: z.number().optional(),
  sinceMillis: wallMillisSchema,
});

const performancePart = z.object({
  levels: z.array(level),
  raised: z.array(raised).max(50),
  raisedCount: count,
  /** Of the last two hours. */
  levelChanges: z.array(levelChange).max(20),
});

const spanLosses = z.object({ created: count, sent: count, dropped: count, exportFailed: count });

const spansPart = z.object({
  /** Since the process began to trace. */
  total: spanLosses,
  /** Of the last 15 minutes, where performance is watched. */
  recent: spanLosses.optional(),
});

/** What one instance knows; what is switched off is not there. */
export const overviewPart = z.object({
  nowMillis: wallMillisSchema,
  requests: requestsPart.optional(),
  errors: errorsPart.optional(),
  performance: performancePart.optional(),
  spans: spansPart.optional(),
});

/** Something that is not well. */
const finding = z.object({
  /** The name of the rule that found it. */
  rule: z.string(),
  severity: z.enum(['watch', 'bad']),
  /** What is not well. */
  text: z.string(),
  /** From when on the rule finds something. */
  threshold: z.string(),
  /** Since when it is so, where that is known. */
  sinceMillis: wallMillisSchema.optional(),
  /** Where more about it is shown. */
  link: viewLink,
});

const verdict = z.object({
  /** `unknown` where nothing is wrong as far as is known, but too little is. */
  severity: z.enum(['good', 'watch', 'bad', 'unknown']),
  text: z.string(),
  /** The worst first. */
  findings: z.array(finding),
  /** What is not known, and why. */
  unknown: z.array(z.string()),
});

/** What some requests were like. Percentiles are within 1 % of the exact ones, of all instances together. */
const figures = z.object({
  count,
  failed: count,
  ratePerSecond: z.number().nonnegative(),
  errorRatio: ratio.optional(),
  p50Millis: z.number().optional(),
  p95Millis: z.number().optional(),
  p99Millis: z.number().optional(),
});

const shownBar = figures.extend({ fromMillis: wallMillisSchema, toMillis: wallMillisSchema });

const shownRequests = z.object({
  recent: figures,
  current: figures,
  /** Of as long a time before the window; not there where that is not known. */
  before: figures.optional(),
  bars: z.array(shownBar),
  unfinished: count,
  stuckCount: count,
  stuckAfterMillis: z.number(),
  stuck: z.array(requestFacts.extend({ instance: z.string() })),
  /** The slowest first. */
  operations: z.array(figures.extend({ operation: z.string() })),
  failingUsers: z.array(failingUser),
});

const shownErrors = z.object({
  groups: count,
  /** Groups that are open or acknowledged: as many as the view of errors has of the state `unresolved`. */
  unresolved: bySeverity,
  /** Of these, those that somebody looks at. */
  acknowledged: count,
  pressing: groups,
  changes: z.array(change),
});

/** The instance on which something is highest. */
const shownLevel = level.extend({
  /** Where more about it is shown. */
  metric: z.string(),
  instance: z.string(),
  instances: count,
});

const versionFigures = z.object({
  version: z.string(),
  instances: count,
  sinceMillis: wallMillisSchema,
  requests: figures.optional(),
});

const release = z.object({
  /** Of the instance that started last. */
  version: z.string().optional(),
  /** Since when an instance of it has been running. */
  sinceMillis: wallMillisSchema,
  /** Which version there was before: of another instance, or of errors that were seen in it. */
  previous: z.string().optional(),
  /** Of each version that is running now, the newest first. */
  running: z.array(versionFigures),
  /** Groups that were seen first since then; `appearedCount` is that of a day at most. */
  appeared: groups,
  regressed: groups,
  /** Series that moved to another level within half an hour of it. */
  levelChanges: z.array(levelChange.extend({ instance: z.string() })),
});

const accounting = z.object({
  spansCreated: count.optional(),
  spansDropped: count.optional(),
  errors: count.optional(),
  errorsNotKept: count.optional(),
});

/** What one sees first. */
export const overviewResult = z.object({
  window: z.enum(['5m', '1h', '24h']),
  verdict,
  /** Not there where no instance tracks requests. */
  requests: shownRequests.optional(),
  errors: shownErrors.optional(),
  /** Not there where no instance watches performance. */
  levels: z.array(shownLevel).optional(),
  release,
  accounting,
});

export type OverviewWindow = z.output<typeof overviewQuery>['window'];
export type OverviewPart = z.infer<typeof overviewPart>;
export type RequestsPart = z.infer<typeof requestsPart>;
export type ErrorsPart = z.infer<typeof errorsPart>;
export type PerformancePart = z.infer<typeof performancePart>;
export type SpansPart = z.infer<typeof spansPart>;
export type OwnLevel = z.infer<typeof level>;
export type LevelKey = OwnLevel['key'];
export type LevelChange = z.infer<typeof levelChange>;
export type RaisedLimit = z.infer<typeof raised>;
export type OverviewGroup = z.infer<typeof group>;
export type GroupChange = z.infer<typeof change>;
export type Figures = z.infer<typeof figures>;
export type ShownBar = z.infer<typeof shownBar>;
export type ShownRequests = z.infer<typeof shownRequests>;
export type IdsByStanding = ErrorsPart['ids'];
export type ShownErrors = z.infer<typeof shownErrors>;
export type ShownLevel = z.infer<typeof shownLevel>;
export type ShownRelease = z.infer<typeof release>;
export type ShownAccounting = z.infer<typeof accounting>;
export type Finding = z.infer<typeof finding>;
export type Verdict = z.infer<typeof verdict>;
export type OverviewResult = z.infer<typeof overviewResult>;
