import type { TextMapPropagator } from '@opentelemetry/api';
import { W3CBaggagePropagator, W3CTraceContextPropagator } from '@opentelemetry/core';
import { B3InjectEncoding, B3Propagator } from '@opentelemetry/propagator-b3';
import { W3C_BAGGAGE_LIMITS } from './baggageEntries.ts';
import { BoundedPropagator, type HeaderRule } from './boundedPropagator.ts';
import { JaegerBaggagePropagator } from './jaegerBaggagePropagator.ts';
import { JaegerPropagator } from './jaegerPropagator.ts';
import { LayeredPropagator } from './layeredPropagator.ts';
import { DEFAULT_PROPAGATORS, type PropagatorName } from './propagatorName.ts';

// `traceparent` of version 00 has 55 characters, later ones may have more. Of `tracestate` 512 characters are kept.
const TRACE_CONTEXT_HEADERS: readonly HeaderRule[] = [
  { name: 'traceparent', maxLength: 256 },
  { name: 'tracestate', maxLength: 2048, isList: true },
];

const BAGGAGE_HEADERS: readonly HeaderRule[] = [
  { name: 'baggage', maxLength: W3C_BAGGAGE_LIMITS.maxTotalLength, isList: true },
];

// OpenTelemetry's propagator finds a `b3` anywhere in a header, even in the middle of a longer number.
const B3_HEADERS: readonly HeaderRule[] = [
  {
    name: 'b3',
    maxLength: 128,
    pattern: /^(?:[0-9a-f]{16}){1,2}-[0-9a-f]{16}(?:-[01d](?:-[0-9a-f]{16})?)?$/,
  },
  { name: 'x-b3-traceid', maxLength: 32, pattern: /^(?:[0-9a-f]{16}){1,2}$/ },
  { name: 'x-b3-spanid', maxLength: 16, pattern: /^[0-9a-f]{16}$/ },
  { name: 'x-b3-sampled', maxLength: 5 },
  { name: 'x-b3-flags', maxLength: 5 },
];

/**
 * The propagator of these formats; which of them comes first in the list does not matter.
 *
 * It writes all of them. It reads W3C trace context first, then `uber-trace-id`, then B3: of several that are there the
 * first valid one counts, the others are not looked at. Baggage likewise: `baggage` first, then `uberctx-*` and
 * `jaeger-baggage`. A service that is called both by old and by new clients, or through a proxy that adds headers of its
 * own, so continues the trace that the newest of them began.
 *
 * Headers of others never throw, are read to a bounded length only, and never make an invalid span context. Baggage is
 * bounded by the W3C's limits: 180 entries, 4096 characters each, 8192 together.
 *
 * B3 that leaves the decision to sample to the receiver counts as not sampled, as everywhere in OpenTelemetry for Node.js.
 *
 * @param names - @defaultValue `DEFAULT_PROPAGATORS`; an empty list propagates nothing
 */
export function createPropagator(names: readonly PropagatorName[] = DEFAULT_PROPAGATORS): TextMapPropagator {
  const has = (...wanted: readonly PropagatorName[]): boolean => wanted.some((name) => names.includes(name));
  const traceContext = pick(
    has('tracecontext'),
    () => new BoundedPropagator(new W3CTraceContextPropagator(), TRACE_CONTEXT_HEADERS),
  );
  const baggage = pick(has('baggage'), () => new BoundedPropagator(new W3CBaggagePropagator(), BAGGAGE_HEADERS));
  const jaeger = pick(has('jaeger'), () => new JaegerPropagator());
  const jaegerBaggage = pick(has('jaeger'), () => new JaegerBaggagePropagator());
  const b3 = pick(has('b3'), () => b3Propagator(B3InjectEncoding.SINGLE_HEADER));
  const b3multi = pick(has('b3multi'), () => b3Propagator(B3InjectEncoding.MULTI_HEADER));
  const anyB3 = pick(has('b3', 'b3multi', 'b3-extract'), () => b3Propagator(B3InjectEncoding.SINGLE_HEADER));
  return new LayeredPropagator({
    injectors: [...traceContext, ...baggage, ...jaeger, ...jaegerBaggage, ...b3, ...b3multi],
    spanExtractors: [...traceContext, ...jaeger, ...anyB3],
    baggageExtractors: [...baggage, ...jaegerBaggage],
  });
}

function pick<T>(isWanted: boolean, create: () => T): readonly T[] {
  return isWanted ? [create()] : [];
}

function b3Propagator(injectEncoding: B3InjectEncoding): TextMapPropagator<unknown> {
  return new BoundedPropagator(new B3Propagator({ injectEncoding }), B3_HEADERS);
}
