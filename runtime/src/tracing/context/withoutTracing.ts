import { context } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';

/**
 * Calls `work` with tracing switched off for it and for everything it starts: warming a connection pool, answering a
 * health check. What `work` returns or throws comes through unchanged.
 */
export function withoutTracing<T>(work: () => T): T {
  return context.with(suppressTracing(context.active()), work);
}
