import { type Context, type SpanContext, trace } from '@opentelemetry/api';

/**
 * The parent of a span that is about to start, or undefined for a root span.
 *
 * A tracer gives a span its parent's trace ID exactly when the parent is valid, and a new one otherwise (OpenTelemetry's
 * Tracer.startSpan): comparing the two costs less than validating the parent again.
 */
export function parentOf(context: Context, traceId: string): SpanContext | undefined {
  const parent = trace.getSpanContext(context);
  return parent?.traceId === traceId ? parent : undefined;
}
