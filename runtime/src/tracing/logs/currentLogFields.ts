import { isSpanContextValid, trace } from '@opentelemetry/api';

/**
 * What leads from a log line to its trace, under the names that OpenTelemetry has for logs that are not its own
 * (https://opentelemetry.io/docs/specs/otel/compatibility/logging_trace_context/).
 */
export interface LogFields {
  /** 32 lowercase hexadecimal digits. */
  readonly trace_id: string;
  /** 16 lowercase hexadecimal digits. */
  readonly span_id: string;
  /** Two hexadecimal digits; the lowest bit says whether the span is recorded and sent. */
  readonly trace_flags: string;
}

/** The fields of the span that is active where this is called, or `undefined` where there is none. */
export function currentLogFields(): LogFields | undefined {
  const spanContext = trace.getActiveSpan()?.spanContext();
  if (spanContext === undefined || !isSpanContextValid(spanContext)) return undefined;
  const { traceId, spanId, traceFlags } = spanContext;
  return { trace_id: traceId, span_id: spanId, trace_flags: traceFlags.toString(16).padStart(2, '0') };
}
