import { z } from '@hono/zod-openapi';

const count = z.int().nonnegative();

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
});

/** Everything that one signal counts; `balance` says the law that its numbers keep. */
const account = z.object({
  signal: z.enum(['spans', 'requests', 'series', 'errors']),
  balance: z.string(),
  isBalanced: z.boolean(),
  rows: z.array(accountRow),
});

/** One instance's accounts; a signal that is switched off has none. */
export const accountingPart = z.array(account);

/** The accounts of all instances added up, and each by itself. */
export const accountingResult = z.object({
  total: z.array(account),
  instances: z.array(z.object({ id: z.string(), sinceMillis: z.number(), accounts: z.array(account) })),
});

export type Account = z.infer<typeof account>;
export type AccountRow = z.infer<typeof accountRow>;
export type AccountingResult = z.infer<typeof accountingResult>;
