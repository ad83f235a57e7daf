import type { Check } from '../../check.ts';
import type { Finding } from '../../finding.ts';
import { eachPage, hasPages } from './eachPage.ts';
import type { Page } from './page.ts';

/** Nobody sees a page who has not shown a token, unless it is on this machine alone. */
export const pageGuarded: Check = {
  id: 'page-guarded',
  component: 'runtime',
  title: 'the page tells nothing to whoever has no token',
  applies: hasPages,
  run: (context) =>
    eachPage(context, async (page, signal) => {
      const { status } = await page.ask('api/v1/overview', { signal, token: false });
      return [judgeStranger(page, status)];
    }),
};

/** What it means how a stranger was answered. */
export function judgeStranger(
  { name: subject, isOnLoopback }: Pick<Page, 'name' | 'isOnLoopback'>,
  status: number,
): Finding {
  const expected = '401 to a stranger';
  if (status === 401 || status === 403 || status === 429)
    return { outcome: 'ok', subject, expected, found: String(status) };
  if (status >= 300 && status < 400)
    return { outcome: 'ok', subject, expected, found: `${status}: a stranger is sent elsewhere to log in` };
  if (status !== 200)
    return {
      outcome: 'unchecked',
      subject,
      expected,
      found: `${status}: that is no page of the runtime`,
      mend: '--dashboard names where the application mounts the page',
    };
  if (isOnLoopback) return { outcome: 'ok', subject, expected, found: '200, at an address of this machine alone' };
  return {
    outcome: 'warning',
    subject,
    expected,
    found: '200: whoever reaches the address sees errors, requests and their users',
    mend: 'leave out `auth.authenticate`, or let it say who asks; or have the page listen on 127.0.0.1 alone',
  };
}
