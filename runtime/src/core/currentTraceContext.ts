import { isSpanContextValid, trace, TraceFlags } from '@opentelemetry/api';

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
  const spanContext = trace.getActiveSpan()?.spanContext();
  if (spanContext === undefined || !isSpanContextValid(spanContext)) return undefined;
  const { traceId, spanId, traceFlags } = spanContext;
  return { traceId, spanId, sampled: (traceFlags & TraceFlags.SAMPLED) !== 0 };
}
