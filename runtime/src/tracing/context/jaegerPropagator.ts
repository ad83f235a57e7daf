import { createContextKey, isSpanContextValid, trace, TraceFlags } from '@opentelemetry/api';
import type { Context, SpanContext, TextMapGetter, TextMapPropagator, TextMapSetter } from '@opentelemetry/api';
import { isTracingSuppressed } from '@opentelemetry/core';
import { readHeader } from './readHeader.ts';

const HEADER = 'uber-trace-id';

// The four fields take 69 characters, and six more where their colons are percent-encoded.
const MAX_HEADER_LENGTH = 128;

// {trace-id}:{span-id}:{parent-span-id}:{flags}; clients of some languages drop leading zeros, and the parent is ignored.
const FIELDS = /^([0-9a-f]{1,32}):([0-9a-f]{1,16}):[0-9a-f]{0,16}:([0-9a-f]{1,2})$/;

const SAMPLED = 1;
const DEBUG = 2;

// Holds the ID of the trace that is to be kept in any case: not true, which would hold for a trace that is continued
// inside of it as well.
const debuggedTraceKey = createContextKey('tracewright: the trace whose uber-trace-id has the debug flag');

/**
 * The span context in `uber-trace-id`, as Jaeger's own clients send it
 * (https://www.jaegertracing.io/docs/1.50/client-libraries/#propagation-format).
 *
 * Reads trace IDs of 64 and 128 bits, with or without leading zeros, in either case, with colons percent-encoded or not.
 * The debug flag means sampled, and goes on to whomever the trace calls next. A header that is not of this form is ignored.
 */
export class JaegerPropagator implements TextMapPropagator<unknown> {
  inject(context: Context, carrier: unknown, setter: TextMapSetter<unknown>): void {
    const spanContext = trace.getSpanContext(context);
    if (spanContext === undefined || !isSpanContextValid(spanContext) || isTracingSuppressed(context)) return;
    setter.set(carrier, HEADER, `${spanContext.traceId}:${spanContext.spanId}:0:${flagsOf(spanContext, context)}`);
  }

  extract(context: Context, carrier: unknown, getter: TextMapGetter<unknown>): Context {
    const header = readHeader(carrier, getter, HEADER, MAX_HEADER_LENGTH);
    const [, traceId, spanId, flagDigits] = (header && FIELDS.exec(plain(header))) || [];
    if (traceId === undefined || spanId === undefined || flagDigits === undefined) return context;
    const flags = Number.parseInt(flagDigits, 16);
    const spanContext: SpanContext = {
      traceId: traceId.padStart(32, '0'),
      spanId: spanId.padStart(16, '0'),
      traceFlags: (flags & (SAMPLED | DEBUG)) === 0 ? TraceFlags.NONE : TraceFlags.SAMPLED,
      isRemote: true,
    };
    // An ID of nothing but zeros is of the right form, and none.
    if (!isSpanContextValid(spanContext)) return context;
    const marked = (flags & DEBUG) === 0 ? context : context.setValue(debuggedTraceKey, spanContext.traceId);
    return trace.setSpanContext(marked, spanContext);
  }

  fields(): string[] {
    return [HEADER];
  }
}

// Colons are all that can be encoded in it; decodeURIComponent would throw at what is not.
function plain(header: string): string {
  const lower = header.toLowerCase();
  return lower.includes('%') ? lower.replaceAll('%3a', ':') : lower;
}

function flagsOf({ traceId, traceFlags }: SpanContext, context: Context): number {
  if ((traceFlags & TraceFlags.SAMPLED) === 0) return 0;
  return context.getValue(debuggedTraceKey) === traceId ? SAMPLED | DEBUG : SAMPLED;
}
