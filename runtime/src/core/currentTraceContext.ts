import { type Context, INVALID_SPANID, INVALID_TRACEID, type SpanContext, trace, TraceFlags } from '@opentelemetry/api';

/** Identifies the span that is active: what a log line needs to be found from a trace, and the other way round. */
export interface TraceContext {
  /** 32 lowercase hexadecimal digits. */
  readonly traceId: string;
  /** 16 lowercase hexadecimal digits. */
  readonly spanId: string;
  /** Whether the span is recorded and sent. */
  readonly sampled: boolean;
}

/** The span that is active where this is called, or `undefined` where there is none. */
export function currentTraceContext(): TraceContext | undefined {
  return traceContextOf(trace.getActiveSpan()?.spanContext());
}

/** The span of a context, or `undefined` where there is none. */
export function traceContextIn(context: Context): TraceContext | undefined {
  return traceContextOf(trace.getSpanContext(context));
}

/** What identifies a span, or `undefined` for the span that is none. */
export function traceContextOf(spanContext: SpanContext | undefined): TraceContext | undefined {
  if (spanContext === undefined) return undefined;
  const { traceId, spanId, traceFlags } = spanContext;
  // Whoever made the span has looked at every digit; here are the IDs of the span that is none.
  if (traceId === INVALID_TRACEID || spanId === INVALID_SPANID) return undefined;
  return { traceId, spanId, sampled: (traceFlags & TraceFlags.SAMPLED) !== 0 };
}
