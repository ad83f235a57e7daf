import { z } from '@hono/zod-openapi';
import { count } from '../countSchema.ts';
import { viewLink } from '../viewLinkSchema.ts';

/** Nothing is asked. */
export const accountingQuery = z.strictObject({});

/** A number with its name and, where it is not self-evident, what it says. */
const accountRow = z.object({
  /** Stable, for programs: `exported`, `dropped.queue_full`. */
  name: z.string(),
  count,
  /** Whether a number other than 0 means that something was lost. */
  isLoss: z.boolean(),
  /** For people: what it counts and, of losses, what to do. */
  meaning: z.string(),
  /** Where what it counts is shown or, of what is gone, when it was or why. */
  link: viewLink,
  /** For people: what the link shows where that is not all that is counted. */
  shows: z.string().optional(),
});

/** Errors of one class and code; texts are cut. */
const errorsOfClass = z.object({ type: z.string(), code: z.string().optional(), count });

/** How many classes and codes are told apart, with one for the others. */
export const MOST_CLASSES = 201;

/** Everything that one signal counts; `balance` says the law that its numbers keep. */
const account = z.object({
  signal: z.enum(['spans', 'requests', 'series', 'errors']),
  balance: z.string(),
  isBalanced: z.boolean(),
  rows: z.array(accountRow),
  /** Of errors: those that belong to no group any more, or never did, by class and code, the most frequent first. */
  ungroupedBy: z.array(errorsOfClass).max(MOST_CLASSES).optional(),
});

/** One instance's accounts; a signal that is switched off has none. */
export const accountingPart = z.array(account);

/** The accounts of all instances added up, and each by itself. */
export const accountingResult = z.object({
  total: z.array(account),
  instances: z.array(z.object({ id: z.string(), sinceMillis: z.number(), accounts: z.array(account) })),
});

export type Account = z.infer<typeof account>;
export type ErrorsOfClass = z.infer<typeof errorsOfClass>;
export type AccountRow = z.infer<typeof accountRow>;
export type AccountingResult = z.infer<typeof accountingResult>;
