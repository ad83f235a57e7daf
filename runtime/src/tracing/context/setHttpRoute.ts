import { context, trace } from '@opentelemetry/api';
import { getRPCMetadata, RPCType } from '@opentelemetry/core';
import { ATTR_HTTP_ROUTE } from '@opentelemetry/semantic-conventions';

/**
 * Names the route that answers the current HTTP request, so that its server span is called `POST /orders/:id` instead
 * of `POST`. Called by a handler that has no instrumented framework to do it. Does nothing outside a traced request.
 *
 * @param route - the pattern, never the path itself: every distinct name is an operation of its own in Jaeger
 */
export function setHttpRoute(route: string): void {
  const metadata = getRPCMetadata(context.active());
  if (metadata?.type !== RPCType.HTTP) return;
  metadata.route = route;
  trace.getActiveSpan()?.setAttribute(ATTR_HTTP_ROUTE, route);
}
