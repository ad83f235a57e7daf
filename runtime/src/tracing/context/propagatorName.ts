/**
 * The formats in which trace context travels, by the names of OpenTelemetry's `OTEL_PROPAGATORS`, and one of our own:
 *
 * - `tracecontext`: W3C `traceparent` and `tracestate`.
 * - `baggage`: W3C `baggage`.
 * - `jaeger`: `uber-trace-id`, and baggage in `uberctx-*`, as Jaeger's own clients have them.
 * - `b3`: Zipkin's single `b3` header, written; read in both of its forms.
 * - `b3multi`: Zipkin's `x-b3-*` headers, written; read in both of B3's forms.
 * - `b3-extract`: both of B3's forms, read and never written.
 */
export const PROPAGATOR_NAMES = ['tracecontext', 'baggage', 'jaeger', 'b3', 'b3multi', 'b3-extract'] as const;

/** The name of a format in which trace context travels. */
export type PropagatorName = (typeof PROPAGATOR_NAMES)[number];

/**
 * What is used where nobody chose. A service may stand between callers and callees of any age: W3C and Jaeger's own
 * headers are written, B3 is understood as well.
 */
export const DEFAULT_PROPAGATORS: readonly PropagatorName[] = ['tracecontext', 'baggage', 'jaeger', 'b3-extract'];
