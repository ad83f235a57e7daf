import {
  context as contextApi,
  type Context,
  INVALID_SPAN_CONTEXT,
  isSpanContextValid,
  type Span,
  type SpanContext,
  type SpanOptions,
  trace,
  TraceFlags,
  type Tracer,
} from '@opentelemetry/api';
import { isTracingSuppressed } from '@opentelemetry/core';
import { type IdGenerator, SamplingDecision } from '@opentelemetry/sdk-trace';
import type { RootSampler } from '../sampling/rootSampler.ts';
import type { ForeseeingTracer } from '../spans/tracerSource.ts';
import { ContextWithSpan } from './contextWithSpan.ts';
import type { Decided, DecisionHandOver } from './decisionHandOver.ts';
import { UnsampledSpan, type UnsampledTrace } from './unsampledSpan.ts';

/** What the tracers of one provider share. */
export interface HeadTracerParts {
  /** Decides on roots, by trace ID and name; on every span where `parentBased` is false. */
  readonly sampler: RootSampler;
  /** Whether a span follows its parent's decision. */
  readonly parentBased: boolean;
  readonly ids: IdGenerator;
  /** Gives the SDK's tracer what was decided here. */
  readonly handOver: DecisionHandOver;
  /** Told of every span that is not recorded. */
  readonly countUnsampled: () => void;
  /** Told of what the SDK throws at input that it cannot take. */
  readonly onError: (error: unknown) => void;
  /** See `learnSpanKey`. */
  readonly spanKey: symbol;
}

/**
 * Decides on a span before the SDK's tracer is asked, and asks it only for spans that are recorded: an unsampled span
 * costs the drawing of an ID and the question to the sampler, where the SDK prepares attributes, links, metrics and a span
 * ID first. Recorded spans are the SDK's own.
 */
export class HeadTracer implements ForeseeingTracer {
  readonly #parts: HeadTracerParts;
  readonly #recording: Tracer;

  /** @param recording - the SDK's tracer of the same instrumentation scope */
  constructor(recording: Tracer, parts: HeadTracerParts) {
    this.#recording = recording;
    this.#parts = parts;
  }

  startSpan(name: string, options?: SpanOptions, context: Context = contextApi.active()): Span {
    if (isTracingSuppressed(context)) return trace.wrapSpanContext(INVALID_SPAN_CONTEXT);
    const parent = options?.root === true ? undefined : trace.getSpan(context);
    if (parent instanceof UnsampledSpan && this.#parts.parentBased) return this.#unsampled(parent.trace);
    const parentContext = validContextOf(parent);
    if (parentContext !== undefined && this.#parts.parentBased)
      return this.#follow(parentContext, name, options, context);
    return this.#decide(parentContext, name, options, context);
  }

  /**
   * Whether a span in this context would record nothing, and pass on nothing but what the context passes on already. It is
   * counted as unsampled then, in the place of being started.
   */
  isTracingOff(context: Context): boolean {
    if (isTracingSuppressed(context)) return true;
    if (!this.#parts.parentBased || !(trace.getSpan(context) instanceof UnsampledSpan)) return false;
    this.#parts.countUnsampled();
    return true;
  }

  startActiveSpan<F extends (span: Span) => unknown>(name: string, fn: F): ReturnType<F>;
  startActiveSpan<F extends (span: Span) => unknown>(name: string, options: SpanOptions, fn: F): ReturnType<F>;
  startActiveSpan<F extends (span: Span) => unknown>(
    name: string,
    options: SpanOptions,
    context: Context,
    fn: F,
  ): ReturnType<F>;
  startActiveSpan<F extends (span: Span) => unknown>(
    name: string,
    second: SpanOptions | F,
    third?: Context | F,
    fourth?: F,
  ): ReturnType<F> | undefined {
    if (isFunction(second)) return this.#active(name, undefined, contextApi.active(), second);
    if (isFunction(third)) return this.#active(name, second, contextApi.active(), third);
    // The SDK's answer to a call without a function.
    if (fourth === undefined) return undefined;
    return this.#active(name, second, third ?? contextApi.active(), fourth);
  }

  #active<F extends (span: Span) => unknown>(
    name: string,
    options: SpanOptions | undefined,
    context: Context,
    fn: F,
  ): ReturnType<F> {
    const span = this.startSpan(name, options, context);
    const active = new ContextWithSpan(this.#parts.spanKey, context, span);
    return contextApi.with<[Span], (span: Span) => ReturnType<F>>(
      active,
      fn as (span: Span) => ReturnType<F>,
      undefined,
      span,
    );
  }

  #follow(parent: SpanContext, name: string, options: SpanOptions | undefined, context: Context): Span {
    if ((parent.traceFlags & TraceFlags.SAMPLED) !== 0) return this.#record(name, options, context, FOLLOWED);
    const { ids } = this.#parts;
    return this.#unsampled({ traceId: parent.traceId, traceState: parent.traceState, ids });
  }

  #decide(parent: SpanContext | undefined, name: string, options: SpanOptions | undefined, context: Context): Span {
    const { sampler, ids } = this.#parts;
    const traceId = parent?.traceId ?? ids.generateTraceId();
    const result = sampler.shouldSample(context, traceId, name);
    if (result.decision === SamplingDecision.NOT_RECORD)
      return this.#unsampled({ traceId, traceState: result.traceState ?? parent?.traceState, ids });
    return this.#record(name, options, context, parent === undefined ? { result, traceId } : { result });
  }

  #unsampled(unsampled: UnsampledTrace): Span {
    this.#parts.countUnsampled();
    return new UnsampledSpan(unsampled);
  }

  #record(name: string, options: SpanOptions | undefined, context: Context, decided: Decided): Span {
    const { handOver, onError } = this.#parts;
    const before = handOver.exchange(decided);
    try {
      return this.#recording.startSpan(name, options, context);
    } catch (error) {
      // A getter of an attribute that throws, a link that is none: the span is started without attributes and links.
      onError(error);
      return this.#recording.startSpan(name, withoutDetails(options), context);
    } finally {
      handOver.exchange(before);
    }
  }
}

function withoutDetails({ root, kind, startTime }: SpanOptions = {}): SpanOptions {
  return {
    ...(root === undefined ? {} : { root }),
    ...(kind === undefined ? {} : { kind }),
    ...(startTime === undefined ? {} : { startTime }),
  };
}

const FOLLOWED: Decided = { result: { decision: SamplingDecision.RECORD_AND_SAMPLED } };

function validContextOf(span: Span | undefined): SpanContext | undefined {
  const spanContext = span?.spanContext();
  return spanContext !== undefined && isSpanContextValid(spanContext) ? spanContext : undefined;
}

function isFunction<F>(value: F | SpanOptions | Context | undefined): value is F {
  return typeof value === 'function';
}
