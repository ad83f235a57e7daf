import type { IncomingMessage, ServerResponse } from 'node:http';
import { checkOptions, type OptionKind } from '../../core/optionKinds.ts';
import { attempt } from '../attempt.ts';
import type { RequestTracker } from '../requestTracker.ts';
import { type ExpressRouting, watchExpressRoute } from './expressRoute.ts';
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

/** What is to be known of the requests to an application of Express. */
export interface ExpressRequestOptions<R> extends HttpRequestOptions<R> {
  /**
   * The pattern at which the router is mounted that uses the middleware, such as `/tenants/:tenant`: of the routers around
   * it, requests show the text of their URLs alone. It starts with `/`, and has no `?` and no `#`.
   * @defaultValue `/*` in a router that is mounted, and nothing in the application itself
   */
  readonly mountedAt?: string;
}

/**
 * Middleware of Express 5 that makes a request of each request, until the end of its response. What is used after it runs
 * in it. Use it before all else: what was used earlier is neither measured nor seen.
 *
 * It completes, fails where the status is one of a failure, and is cancelled where the connection closes before the response
 * is sent. It is called `METHOD /mount/route/:id` by the patterns of the route from when that is chosen, also where a handler
 * of errors answers; `METHOD (no route)` before, and where none fits; or what the application calls it. In a router that is
 * mounted it is called `/*` for that mount, unless the option `mountedAt` says where that is.
 *
 * A handler of errors may end it, so that the error's class is known: `tracker.current()?.fail({ error })`. What is known
 * then of route, status, user and attributes is kept; hence set the status before.
 *
 * @throws ConfigurationError where `mountedAt` is no pattern.
 */
export function expressRequests<R extends ExpressRequest = ExpressRequest>(
  tracker: RequestTracker,
  options: ExpressRequestOptions<R> = {},
): ExpressMiddleware<R> {
  const { mountedAt } = options;
  checkOptions({ mountedAt }, { mountedAt: MOUNT }, 'expressRequests');
  return (asked, response, next) => {
    const followed = followHttpRequest(tracker, options, { asked, incoming: asked, response });
    if (followed === undefined) return next();
    const onRoute = (pattern: string): void => followed.routed(pattern);
    attempt('the route of a request could not be watched', () => watchExpressRoute(asked, { mountedAt, onRoute }));
    followed.request.run(next);
  };
}

const MOUNT: OptionKind = {
  allowed: 'a pattern that starts with /, without ? and #',
  accepts: (value) => typeof value === 'string' && /^\/[^?#]*$/.test(value),
};
