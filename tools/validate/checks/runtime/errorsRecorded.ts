import * as z from 'zod';
import type { Check } from '../../check.ts';
import type { Finding } from '../../finding.ts';
import { eachPage, hasPages } from './eachPage.ts';
import { readView, type Page } from './page.ts';

const group = z.looseObject({
  type: z.string(),
  severity: z.string(),
  inWindow: z.number(),
  spike: z.looseObject({}).optional(),
});
const errors = z.object({
  off: z.array(z.string()),
  groups: z.array(group),
  total: z.number(),
  course: z.unknown().optional(),
});

/** What a page says of unresolved groups of errors. */
export type UnresolvedErrors = z.infer<typeof errors>;

/** Errors are recorded, and those that press are known. */
export const errorsRecorded: Check = {
  id: 'errors-recorded',
  component: 'runtime',
  title: 'errors are recorded, and none that is unresolved is critical or spikes',
  applies: hasPages,
  run: (context) =>
    eachPage(context, async (page, signal) => {
      const { result, instances, unanswered } = await readView(
        page,
        'errors?state=unresolved&limit=10000',
        errors,
        signal,
      );
      return [judgeErrors(page, result, instances), ...unanswered];
    }),
};

/** What a page's unresolved groups say. */
export function judgeErrors(
  { name: subject, isExample }: Pick<Page, 'name' | 'isExample'>,
  { off, groups, total }: UnresolvedErrors,
  instances: readonly string[],
): Finding {
  const expected = 'errors are recorded, and none that is unresolved is critical or spikes';
  if (off.length > 0)
    return {
      outcome: isExample ? 'failed' : 'warning',
      subject,
      expected,
      found: off.length === instances.length ? 'errors are not tracked' : `errors are not tracked by ${off.join(', ')}`,
      mend: isExample
        ? 'take ERROR_TRACKING=false out of its environment'
        : 'leave out `errors: false` in createObservability',
    };
  const pressing = groups.filter(({ severity, spike }) => severity === 'critical' || spike !== undefined);
  if (pressing.length === 0) return { outcome: 'ok', subject, expected, found: `${total} unresolved groups` };
  const told = pressing
    .slice(0, 5)
    .map(({ type, severity, inWindow }) => `${type} (${severity}, ${inWindow} in the last hour)`);
  return {
    outcome: 'warning',
    subject,
    expected,
    found: `${total} unresolved groups, of which ${pressing.length} press: ${told.join(', ')}`,
    mend: "look at them on the page's Errors, and resolve those that are mended",
  };
}
