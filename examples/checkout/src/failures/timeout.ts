import type { IncomingMessage } from 'node:http';
import type { Reply, Route } from '../service/route.ts';
import type { FailureSwitches } from './failureSwitches.ts';

/** A caller that waits for ever is answered in the end. */
const LONGEST_MILLIS = 60_000;

/** `timeout`: nothing is answered until the caller has given up. */
export function timeout(routes: readonly Route[], switches: FailureSwitches): readonly Route[] {
  return routes.map((route) => ({
    ...route,
    handle: (request) => (switches.strikes('timeout') ? neverInTime(request.message) : route.handle(request)),
  }));
}

function neverInTime({ socket }: IncomingMessage): Promise<Reply> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(latest);
      socket.off('close', end);
      resolve({ status: 503, body: { error: 'too late' } });
    };
    const latest = setTimeout(end, LONGEST_MILLIS);
    socket.once('close', end);
  });
}
