import type { IncomingMessage, ServerResponse } from 'node:http';
import { attempt } from '../attempt.ts';
import type { RequestTracker } from '../requestTracker.ts';
import { followHttpRequest } from './followHttpRequest.ts';
import type { HttpRequestOptions } from './httpRequestOptions.ts';

/** What is read of a request of Fastify 5. */
export interface FastifyRequest {
  readonly raw: IncomingMessage;
  readonly routeOptions: { readonly url?: string | undefined };
}

/** What is used of a server of Fastify 5. */
export interface FastifyServer<R extends FastifyRequest = FastifyRequest> {
  addHook(
    name: 'onRequest',
    hook: (request: R, reply: { readonly raw: ServerResponse }, done: () => void) => void,
  ): unknown;
}

/** A plugin of Fastify 5. */
export type FastifyPlugin<R extends FastifyRequest = FastifyRequest> = (
  server: FastifyServer<R>,
  options: unknown,
  done: () => void,
) => void;

/**
 * Plugin of Fastify 5 that makes a request of each request, until the end of its response. It is for the whole server and
 * not only for the plugin in which it is registered. Hooks that are added after it, and handlers, run in the request.
 *
 * It completes, fails where the status is one of a failure, and is cancelled where the connection closes before the response
 * is sent. It is called `METHOD /prefix/route/:id` by the pattern of the route, from its arrival; `METHOD (no route)` where none
 * fits; or what the application calls it. A handler of errors may end it, so that the error's class is known:
 * `tracker.current()?.fail({ error })`. What is known then of status, user and attributes is kept; hence set the status before.
 */
export function fastifyRequests<R extends FastifyRequest = FastifyRequest>(
  tracker: RequestTracker,
  options: HttpRequestOptions<R> = {},
): FastifyPlugin<R> {
  const plugin: FastifyPlugin<R> = (server, _options, done) => {
    server.addHook('onRequest', (asked, reply, next) => {
      const route = attempt('the route of a request', () => asked.routeOptions.url);
      const followed = followHttpRequest(tracker, options, { asked, incoming: asked.raw, response: reply.raw, route });
      if (followed === undefined) return next();
      followed.request.run(next);
    });
    done();
  };
  // Without it Fastify keeps the hooks to the plugin itself.
  return Object.assign(plugin, { [Symbol.for('skip-override')]: true });
}
