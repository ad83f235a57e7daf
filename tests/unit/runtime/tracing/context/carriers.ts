import {
  type BaggageEntry,
  type Context,
  defaultTextMapGetter,
  defaultTextMapSetter,
  propagation,
  ROOT_CONTEXT,
  type SpanContext,
  trace,
} from '@opentelemetry/api';
import { createPropagator } from '../../../../../runtime/src/tracing/context/createPropagator.ts';
import type { PropagatorName } from '../../../../../runtime/src/tracing/context/propagatorName.ts';

export const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';
export const SPAN_ID = 'b7ad6b7169203331';

/** What headers come to; `names` are the default ones where they are left out. */
export function extracted(carrier: unknown, names?: readonly PropagatorName[]): Context {
  return createPropagator(names).extract(ROOT_CONTEXT, carrier, defaultTextMapGetter);
}

export function extractedSpan(carrier: unknown, names?: readonly PropagatorName[]): SpanContext | undefined {
  return trace.getSpanContext(extracted(carrier, names));
}

export function extractedBaggage(carrier: unknown, names?: readonly PropagatorName[]): readonly [string, string][] {
  return baggageOf(extracted(carrier, names));
}

export function baggageOf(context: Context): readonly [string, string][] {
  const entries = propagation.getBaggage(context)?.getAllEntries() ?? [];
  return entries.map(([key, { value }]) => [key, value]);
}

/** The headers that a context is sent with. */
export function injected(context: Context, names?: readonly PropagatorName[]): Readonly<Record<string, string>> {
  const carrier: Record<string, string> = {};
  createPropagator(names).inject(context, carrier, defaultTextMapSetter);
  return carrier;
}

export function contextOf(
  spanContext: Partial<SpanContext>,
  baggage?: Readonly<Record<string, BaggageEntry>>,
): Context {
  const context = trace.setSpanContext(ROOT_CONTEXT, {
    traceId: TRACE_ID,
    spanId: SPAN_ID,
    traceFlags: 1,
    ...spanContext,
  });
  return baggage === undefined ? context : propagation.setBaggage(context, propagation.createBaggage(baggage));
}
