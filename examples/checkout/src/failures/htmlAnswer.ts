import type { Reply, Route } from '../service/route.ts';
import type { FailureSwitches } from './failureSwitches.ts';

/** What a proxy says in the place of the service behind it. */
const PAGE = '<!DOCTYPE html><html><head><title>Down for maintenance</title></head><body>Back soon.</body></html>\n';

/** `html-answer`: where JSON is expected there is a page, as a proxy between both services would send it. */
export function htmlAnswer(routes: readonly Route[], switches: FailureSwitches): readonly Route[] {
  return routes.map((route) => ({
    ...route,
    handle: (request) => (switches.strikes('html-answer') ? Promise.resolve(page()) : route.handle(request)),
  }));
}

function page(): Reply {
  return { status: 200, body: PAGE, contentType: 'text/html' };
}
