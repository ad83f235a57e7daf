import { context } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';

/**
 * Calls `work` with tracing switched off for it and for everything it starts: warming a connection pool, answering a
 * health check. A server that begins to listen in it makes no spans of the requests that it gets. What `work` returns or throws
 * comes through unchanged.
 *
 * @throws TypeError without a function to call.
 */
export function withoutTracing<T>(work: () => T): T {
  if (typeof work !== 'function') throw new TypeError('withoutTracing takes a function');
  return context.with(suppressTracing(context.active()), work);
}
