import type { ReadableSpan } from '@opentelemetry/sdk-trace';

/** The tag as which Jaeger shows a trace state, for which it has no field. */
export const TRACE_STATE_TAG = 'w3c.tracestate';

/**
 * A span whose trace state is its first attribute, so that it can be cut as one, but is the last to be left out.
 *
 * @param span - A copy, as `copySpan` makes it.
 */
export function traceStateAsTag(span: ReadableSpan): ReadableSpan {
  const { traceState, ...context } = span.spanContext();
  const text = traceState?.serialize();
  if (text === undefined) return span;
  return { ...span, spanContext: () => context, attributes: { [TRACE_STATE_TAG]: text, ...span.attributes } };
}
