import { z } from '@hono/zod-openapi';
import { CAPTURE_SOURCES } from '../../errors/capturedError.ts';
import { errorCategory, errorGroupId, errorSeverity, resolutionState } from '../api/errors/errorSchema.ts';

/** Far from what is saved, and far from what hurts: a file may have been written by anybody. */
const MOST_NAME_LENGTH = 2000;
const MOST_TEXT_LENGTH = 20_000;
const MOST_OF_A_LIST = 2000;
const MOST_USERS = 100_000;
const MOST_PROPERTIES = 1000;
/** An error, its causes, and what these hold. */
const MOST_DEPTH = 3;
/** The furthest from 1970 that there are dates. */
const MOST_MILLIS = 8.64e15;

const name = z.string().max(MOST_NAME_LENGTH);
const text = z.string().max(MOST_TEXT_LENGTH);
const count = z.int().nonnegative();
const millis = z.number().min(-MOST_MILLIS).max(MOST_MILLIS);

const properties = z
  .record(name, z.union([text, z.number(), z.boolean()]))
  .refine((record) => Object.keys(record).length <= MOST_PROPERTIES, 'too many properties');

const frame = z.object({
  functionName: name.exactOptional(),
  file: name.exactOptional(),
  line: count.exactOptional(),
  column: count.exactOptional(),
  isAsync: z.boolean(),
  isInApplication: z.boolean(),
});

const flatFacts = z.object({
  type: name,
  classes: z.array(name).max(MOST_OF_A_LIST),
  message: text,
  code: name.exactOptional(),
  status: z.int().exactOptional(),
  properties,
  frames: z.array(frame).max(MOST_OF_A_LIST),
  leftOut: count,
});

type FlatFacts = z.infer<typeof flatFacts>;

interface Facts extends FlatFacts {
  causes: Facts[];
  errors: Facts[];
}

/** Errors within errors, to so many levels. */
function factsSchema(levels: number): z.ZodType<Facts> {
  const inner = levels === 0 ? z.array(z.never()).max(0) : z.array(factsSchema(levels - 1)).max(MOST_OF_A_LIST);
  return flatFacts.extend({ causes: inner, errors: inner });
}

const capturedError = z.object({
  error: factsSchema(MOST_DEPTH),
  source: z.enum(CAPTURE_SOURCES),
  isHandled: z.boolean(),
  isUncaught: z.boolean().exactOptional(),
  atMillis: millis,
  request: z.object({
    id: name.exactOptional(),
    operation: name.exactOptional(),
    userId: name.exactOptional(),
    agentId: name.exactOptional(),
    status: z.int().exactOptional(),
  }),
  traceId: name.exactOptional(),
  spanId: name.exactOptional(),
  sampled: z.boolean().exactOptional(),
  release: name.exactOptional(),
  context: properties,
  breadcrumbs: z
    .array(z.object({ at: name, kind: name, message: text, data: properties.exactOptional() }))
    .max(MOST_OF_A_LIST),
});

const told = { at: name, by: name.exactOptional(), note: text.exactOptional() };

const resolution = z.object({
  state: resolutionState,
  isRegressed: z.boolean(),
  isTouched: z.boolean(),
  openedMillis: millis,
  changedMillis: millis,
  untilMillis: millis.exactOptional(),
  untilTotal: count.exactOptional(),
  history: z
    .array(
      z.object({
        ...told,
        from: resolutionState,
        to: resolutionState,
        release: name.exactOptional(),
        until: name.exactOptional(),
        untilCount: count.exactOptional(),
      }),
    )
    .max(MOST_OF_A_LIST),
  historyLeftOut: count,
});

/** Versions of an application, in an order. */
export const releasesSchema = z.array(name).max(MOST_OF_A_LIST);

/** A `SavedErrorGroup`, of the types and lengths that are saved, whoever wrote it. What it does not know is left out. */
export const savedGroupSchema = z.object({
  id: errorGroupId,
  type: name,
  message: text,
  code: name.exactOptional(),
  culprit: text.exactOptional(),
  category: errorCategory,
  severity: errorSeverity,
  handledSeverity: errorSeverity,
  categoryOverride: z.object({ ...told, to: errorCategory }).exactOptional(),
  severityOverride: z.object({ ...told, to: errorSeverity }).exactOptional(),
  unhandled: count,
  endsProcess: z.boolean(),
  count: count.min(1),
  firstSeenMillis: millis,
  lastSeenMillis: millis,
  releases: z.array(z.tuple([name, count])).max(MOST_OF_A_LIST),
  lastRelease: name.exactOptional(),
  inOtherReleases: count,
  users: z.array(name).max(MOST_USERS),
  usersSince: z.array(name).max(MOST_USERS).exactOptional(),
  hasMoreUsers: z.boolean(),
  resolution,
  firstEvent: capturedError.exactOptional(),
  events: z.array(capturedError).max(MOST_OF_A_LIST),
});
