import type { Check } from '../../check.ts';
import type { Finding } from '../../finding.ts';
import { eachPage, hasPages } from './eachPage.ts';
import type { Page, PageAnswer } from './page.ts';

const asked = 'api/v1/overview';

/** Nobody sees a page who has not shown a token, unless it is on this machine alone. */
export const pageGuarded: Check = {
  id: 'page-guarded',
  component: 'runtime',
  title: 'the page tells nothing to whoever has no token',
  applies: hasPages,
  run: (context) =>
    eachPage(context, async (page, signal) => {
      return [judgeStranger(page, await page.ask(asked, { signal, token: false }))];
    }),
};

/** What it means how a stranger was answered. */
export function judgeStranger(
  { name: subject, url, isOnLoopback }: Pick<Page, 'name' | 'url' | 'isOnLoopback'>,
  { status, location }: Pick<PageAnswer, 'status' | 'location'>,
): Finding {
  const expected = '401 to a stranger';
  if (status === 401 || status === 403) return { outcome: 'ok', subject, expected, found: String(status) };
  if (status === 429)
    return {
      outcome: 'unchecked',
      subject,
      expected,
      found: '429: that was one request too many, and nobody was asked for a token',
      mend: 'wait a minute, then run it again',
    };
  if (status >= 300 && status < 400) return judgeRedirect({ subject, expected }, new URL(asked, url), status, location);
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

/** Who is sent to log in comes to another path; a server that wants another scheme, host or slash has asked for no token. */
function judgeRedirect(
  said: Readonly<Record<'subject' | 'expected', string>>,
  from: URL,
  status: number,
  location: string | undefined,
): Finding {
  const to = location === undefined ? null : URL.parse(location, from.href);
  if (to !== null && pathOf(to) !== pathOf(from))
    return { outcome: 'ok', ...said, found: `${status}: a stranger is sent elsewhere to log in` };
  return {
    outcome: 'unchecked',
    ...said,
    found: `${status}, ${to === null ? 'and no address' : `to the same path at ${to.origin}`}: nobody was asked to log in`,
    mend: 'give --dashboard the address that the page is served at, as its server writes it',
  };
}

function pathOf({ pathname }: URL): string {
  return pathname.replace(/\/+$/, '');
}
