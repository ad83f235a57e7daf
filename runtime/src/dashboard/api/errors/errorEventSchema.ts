import { z } from '@hono/zod-openapi';
import { CAPTURE_SOURCES } from '../../../errors/capturedError.ts';
import { count } from '../countSchema.ts';
import { wallMillisSchema } from '../instanceSchema.ts';
import { errorTrace } from './errorSchema.ts';

/** How many errors of a chain are shown at most: what was thrown, its causes, and those that it holds. */
export const MOST_OF_A_CHAIN = 40;

const property = z.union([z.string(), z.number(), z.boolean()]);

/** Names of properties and their values; in pairs, for they may have any name. */
const properties = z.array(z.tuple([z.string(), property])).max(200);

const codeLines = z.object({ before: z.array(z.string()), line: z.string(), after: z.array(z.string()) });

/** A place in a stack, as source maps tell it. */
const frame = z.object({
  functionName: z.string().optional(),
  file: z.string().optional(),
  line: z.int().optional(),
  column: z.int().optional(),
  isAsync: z.boolean(),
  /** Whether it is the application's own. */
  isInApplication: z.boolean(),
  /** The code there, where it can be read. */
  code: codeLines.optional(),
});

/** What was thrown, or an error that it was caused by or that it holds. */
const chainedError = z.object({
  /** How it belongs to the one above that is less deep. */
  relation: z.enum(['thrown', 'cause', 'aggregated']),
  depth: count,
  type: z.string(),
  classes: z.array(z.string()),
  message: z.string(),
  code: z.string().optional(),
  status: z.int().optional(),
  properties,
  /** The innermost call first. */
  frames: z.array(frame).max(100),
  /** Causes and held errors that are not shown. */
  leftOut: count,
});

const breadcrumb = z.object({
  atMillis: wallMillisSchema,
  kind: z.string(),
  message: z.string(),
  data: properties,
});

const request = z.object({
  id: z.string().optional(),
  operation: z.string().optional(),
  userId: z.string().optional(),
  agentId: z.string().optional(),
  status: z.int().optional(),
});

/** An error that is kept whole, in a list. */
export const eventSummary = z.object({
  /** What it is asked for by. */
  key: z.string(),
  atMillis: wallMillisSchema,
  message: z.string(),
  source: z.enum(CAPTURE_SOURCES),
  isHandled: z.boolean(),
  /** Whether nobody caught it: it ends the process. */
  isUncaught: z.boolean().optional(),
  release: z.string().optional(),
  request,
  ...errorTrace,
  spanId: z.string().optional(),
});

/** All that is known of an error. */
export const wholeEvent = eventSummary.extend({
  /** What was thrown first, then each cause and held error, the outer before the inner. */
  chain: z.array(chainedError).max(MOST_OF_A_CHAIN),
  /** What the application added. */
  context: properties,
  /** The oldest first. */
  breadcrumbs: z.array(breadcrumb),
});

export type ErrorEventSummary = z.infer<typeof eventSummary>;
export type ErrorEvent = z.infer<typeof wholeEvent>;
export type ChainedError = z.infer<typeof chainedError>;
export type ShownFrame = z.infer<typeof frame>;
export type ShownBreadcrumb = z.infer<typeof breadcrumb>;
export type ShownProperties = z.infer<typeof properties>;
