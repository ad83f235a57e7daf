import { type Context, isSpanContextValid, propagation, type SpanContext, trace } from '@opentelemetry/api';
import type { TextMapGetter, TextMapPropagator, TextMapSetter } from '@opentelemetry/api';
import { withSendableBaggage } from './sendableBaggage.ts';

// `sampled`, and `random` of level 2 of the specification. Others must not be passed on, and OpenTelemetry's propagator
// writes three digits where a higher bit is set.
const KNOWN_FLAGS = 0x03;

/** What a `LayeredPropagator` consists of. */
export interface PropagatorLayers {
  /** All of them write. */
  readonly injectors: readonly TextMapPropagator<unknown>[];
  /** The first that finds a span context is believed, and the others are not asked. */
  readonly spanExtractors: readonly TextMapPropagator<unknown>[];
  /** The first that finds baggage is believed, and the others are not asked. */
  readonly baggageExtractors: readonly TextMapPropagator<unknown>[];
}

/**
 * Writes every format and reads the best that is there. OpenTelemetry's `CompositePropagator` reads them all, the last
 * one winning, and leaves baggage of several formats mixed.
 *
 * Never throws, whatever the carrier; a span context that it extracts is valid.
 */
export class LayeredPropagator implements TextMapPropagator<unknown> {
  readonly #layers: PropagatorLayers;

  constructor(layers: PropagatorLayers) {
    this.#layers = layers;
  }

  inject(context: Context, carrier: unknown, setter: TextMapSetter<unknown>): void {
    const sent = orElse(
      () => withSendableBaggage(context),
      () => propagation.deleteBaggage(context),
    );
    for (const injector of this.#layers.injectors) {
      orElse(
        () => injector.inject(sent, carrier, setter),
        () => undefined,
      );
    }
  }

  extract(context: Context, carrier: unknown, getter: TextMapGetter<unknown>): Context {
    const { spanExtractors, baggageExtractors } = this.#layers;
    const withSpan = firstFound(spanExtractors, context, carrier, getter);
    const checked = withSpan === context ? context : withCheckedSpan(withSpan, context);
    return firstFound(baggageExtractors, checked, carrier, getter);
  }

  fields(): string[] {
    return [...new Set(this.#layers.injectors.flatMap((injector) => injector.fields()))];
  }
}

// An extractor that finds nothing returns the very context that it was given.
function firstFound(
  extractors: readonly TextMapPropagator<unknown>[],
  context: Context,
  carrier: unknown,
  getter: TextMapGetter<unknown>,
): Context {
  for (const extractor of extractors) {
    const found = orElse(
      () => extractor.extract(context, carrier, getter),
      () => context,
    );
    if (found !== context) return found;
  }
  return context;
}

function withCheckedSpan(found: Context, otherwise: Context): Context {
  const spanContext: SpanContext | undefined = trace.getSpanContext(found);
  if (spanContext === undefined || !isSpanContextValid(spanContext)) return otherwise;
  const traceFlags = spanContext.traceFlags & KNOWN_FLAGS;
  return traceFlags === spanContext.traceFlags ? found : trace.setSpanContext(found, { ...spanContext, traceFlags });
}

// A carrier may be a proxy, or have getters: what it throws is nobody's to handle, least of all the application's.
function orElse<T>(work: () => T, otherwise: () => T): T {
  try {
    return work();
  } catch {
    return otherwise();
  }
}
