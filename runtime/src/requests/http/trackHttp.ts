import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestTracker } from '../requestTracker.ts';
import { followHttpRequest } from './followHttpRequest.ts';
import type { HttpRequestOptions } from './httpRequestOptions.ts';

/** What answers the requests to a `node:http` server. */
export type HttpHandler = (request: IncomingMessage, response: ServerResponse) => unknown;

/**
 * A handler in the place of `handler` that makes a request of each request to a `node:http` server, from its arrival to the
 * end of its response. The handler runs in it, and whatever it starts. It completes, fails where the status is one of a
 * failure or the handler throws, and is cancelled where the connection closes before the response is sent. A promise of the
 * handler is not looked at: `node:http` does not either, so that a rejection ends up wherever it did before.
 *
 * It is called `METHOD template` by the option `route`, `METHOD (no route)` where that gives nothing, unless the handler
 * names it itself: `tracker.current()?.update({ operation })`.
 */
export function trackHttp(
  tracker: RequestTracker,
  handler: HttpHandler,
  options: HttpRequestOptions<IncomingMessage> = {},
): HttpHandler {
  return function (this: unknown, incoming, response) {
    const followed = followHttpRequest(tracker, options, { asked: incoming, incoming, response });
    if (followed === undefined) return Reflect.apply(handler, this, [incoming, response]);
    try {
      return followed.request.run((): unknown => Reflect.apply(handler, this, [incoming, response]));
    } catch (error) {
      followed.fail(error);
      throw error;
    }
  };
}
