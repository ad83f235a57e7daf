import type { IncomingMessage, ServerResponse } from 'node:http';
import { attempt } from '../attempt.ts';
import type { RequestTracker } from '../requestTracker.ts';
import { expressRoute, type ExpressRouting } from './expressRoute.ts';
import { followHttpRequest } from './followHttpRequest.ts';
import type { HttpRequestOptions } from './httpRequestOptions.ts';

/** A request of Express 5. */
export interface ExpressRequest extends IncomingMessage, ExpressRouting {}

/** A middleware of Express 5. */
export type ExpressMiddleware<R extends ExpressRequest = ExpressRequest> = (
  request: R,
  response: ServerResponse,
  next: () => void,
) => void;

/**
 * Middleware of Express 5 that makes a request of each request, until the end of its response. What is used after it runs
 * in it. Use it before all else: what was used earlier is neither measured nor seen.
 *
 * It completes, fails where the status is one of a failure, and is cancelled where the connection closes before the response
 * is sent. It is called `METHOD /mount/route/:id` by the patterns of the route, also where a handler of errors answers; `METHOD
 * (no route)` where none fits; or what the application calls it.
 */
export function expressRequests<R extends ExpressRequest = ExpressRequest>(
  tracker: RequestTracker,
  options: HttpRequestOptions<R> = {},
): ExpressMiddleware<R> {
  return (asked, response, next) => {
    const watched: { route?: (() => string | undefined) | undefined } = {};
    const route = (): string | undefined => watched.route?.();
    const followed = followHttpRequest(tracker, options, { asked, incoming: asked, response, route });
    if (followed === undefined) return next();
    watched.route = attempt('the route of a request could not be watched', () => expressRoute(asked));
    followed.request.run(next);
  };
}
