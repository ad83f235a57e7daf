import * as z from 'zod';
import type { Check } from '../../check.ts';
import type { Finding } from '../../finding.ts';
import { eachPage, hasPages } from './eachPage.ts';
import { readView, type Page } from './page.ts';

const requests = z.object({
  keeping: z.object({ finished: z.number(), stuck: z.number(), stuckAfterMillis: z.number() }).optional(),
  off: z.array(z.string()),
  requests: z.array(z.looseObject({ operation: z.string(), waitsIn: z.looseObject({ name: z.string() }).optional() })),
});

/** What a page says of stuck requests. */
export type StuckRequests = z.infer<typeof requests>;

/** Requests are followed, and all of them come to an end. */
export const requestsTracked: Check = {
  id: 'requests-tracked',
  component: 'runtime',
  title: 'requests are tracked, and none is stuck',
  applies: hasPages,
  run: (context) =>
    eachPage(context, async (page, signal) => {
      const { result, unanswered } = await readView(page, 'requests?show=stuck&limit=20', requests, signal);
      return [judgeRequests(page, result), ...unanswered];
    }),
};

/** What a page's requests say. */
export function judgeRequests(
  { name: subject, isExample }: Pick<Page, 'name' | 'isExample'>,
  said: StuckRequests,
): Finding {
  const expected = 'requests are tracked, and none is stuck';
  const { keeping, off, requests: stuck } = said;
  if (keeping === undefined || off.length > 0)
    return {
      outcome: isExample ? 'failed' : 'warning',
      subject,
      expected,
      found: keeping === undefined ? 'requests are not tracked' : `requests are not tracked by ${off.join(', ')}`,
      mend: isExample
        ? 'take REQUEST_TRACKING=false out of its environment'
        : 'leave out `requests: false` in createObservability',
    };
  if (keeping.stuck === 0) return { outcome: 'ok', subject, expected, found: `${keeping.finished} kept, none stuck` };
  const waiting = stuck.map(({ operation, waitsIn }) => (waitsIn ? `${operation} in ${waitsIn.name}` : operation));
  const seconds = keeping.stuckAfterMillis / 1000;
  return {
    outcome: 'warning',
    subject,
    expected,
    found: `${keeping.stuck} under way for ${seconds} s or longer: ${[...new Set(waiting)].join(', ')}`,
    mend: "see on the page's Requests what they wait in, and give that call a timeout",
  };
}
