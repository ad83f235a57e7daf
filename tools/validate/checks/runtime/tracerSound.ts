import * as z from 'zod';
import type { Check } from '../../check.ts';
import type { Finding } from '../../finding.ts';
import { eachPage, hasPages } from './eachPage.ts';
import { readView } from './page.ts';

const row = z.object({ name: z.string(), count: z.number(), isLoss: z.boolean(), meaning: z.string() });
const account = z.object({ signal: z.string(), balance: z.string(), isBalanced: z.boolean(), rows: z.array(row) });
const accounting = z.object({ instances: z.array(z.object({ id: z.string(), accounts: z.array(account) })) });

/** What an instance counts of a signal. */
export type Account = z.infer<typeof account>;

/** Spans are made, and all of them leave. */
export const tracerSound: Check = {
  id: 'tracer-sound',
  component: 'runtime',
  title: 'the tracer of every instance is on, and drops no spans',
  applies: hasPages,
  run: (context) =>
    eachPage(context, async (page, signal) => {
      const { result, unanswered } = await readView(page, 'accounting', accounting, signal);
      const judged = result.instances.map(({ id, accounts }) => judgeSpans(`${page.name}, instance ${id}`, accounts));
      return [...judged, ...unanswered];
    }),
};

/** More than so many per cent lost are a failure, as of the alert TracewrightSpansDropped. */
const gravePercent = 1;

/** What an instance says of its spans, since it began. */
export function judgeSpans(subject: string, accounts: readonly Account[]): Finding {
  const expected = 'a tracer that drops nothing';
  const spans = accounts.find(({ signal }) => signal === 'spans');
  if (spans === undefined) {
    const mend = 'start tracing before the application (`--import @tracewright/runtime/register`)';
    return { outcome: 'failed', subject, expected, found: 'no tracer', mend };
  }
  const created = spans.rows.find(({ name }) => name === 'created')?.count ?? 0;
  const losses = spans.rows.filter(({ isLoss, count }) => isLoss && count > 0);
  if (losses.length > 0) {
    const lost = losses.reduce((sum, { count }) => sum + count, 0);
    return {
      outcome: lost * 100 > created * gravePercent ? 'failed' : 'warning',
      subject,
      expected,
      found: `${losses.map(({ name, count }) => `${count} ${name}`).join(', ')} of ${created} spans since it began`,
      mend: losses.map(({ meaning }) => meaning).join(' '),
    };
  }
  if (!spans.isBalanced)
    return {
      outcome: 'failed',
      subject,
      expected: spans.balance,
      found: spans.rows.map(({ name, count }) => `${name} ${count}`).join(', '),
      mend: 'spans are unaccounted for: report this to Tracewright, with these numbers',
    };
  return { outcome: 'ok', subject, expected, found: `${created} spans, none dropped` };
}
