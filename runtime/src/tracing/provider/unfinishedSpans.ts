import type { Context } from '@opentelemetry/api';
import type { ReadableSpan, Span, SpanProcessor } from '@opentelemetry/sdk-trace';
import type { HostProcess } from '../../core/hostProcess.ts';
import type { UnfinishedSpan } from '../../core/unfinishedSpan.ts';
import { type SpanStart, UnfinishedTraces } from './unfinishedTraces.ts';

/**
 * Knows the spans that have not ended, from when it is told to watch: until then it does nothing but pass spans on to the
 * processor that it stands in front of. How many it knows is bounded, see `UnfinishedTraces`.
 */
export class UnfinishedSpans implements SpanProcessor {
  readonly #next: SpanProcessor;
  readonly #host: Pick<HostProcess, 'monotonicMillis'>;
  #traces: UnfinishedTraces | undefined;

  constructor(next: SpanProcessor, host: Pick<HostProcess, 'monotonicMillis'>) {
    this.#next = next;
    this.#host = host;
  }

  /** Watches the spans that start from now on. */
  watch(): void {
    this.#traces ??= new UnfinishedTraces();
  }

  /**
   * The span of a trace that started last of those that have not ended, by the name that it started with; `undefined` where
   * none is known.
   */
  last(traceId: string): UnfinishedSpan | undefined {
    const started = this.#traces?.last(traceId);
    if (started === undefined) return undefined;
    const { name, spanId, startedMillis } = started;
    return { name, spanId, elapsedMillis: this.#host.monotonicMillis() - startedMillis };
  }

  onStart(span: Span, parentContext: Context): void {
    this.#traces?.add({ ...placeOf(span), name: span.name, startedMillis: this.#host.monotonicMillis() });
    this.#next.onStart(span, parentContext);
  }

  onEnding(span: Span): void {
    this.#next.onEnding?.(span);
  }

  onEnd(span: ReadableSpan): void {
    this.#traces?.remove(placeOf(span));
    this.#next.onEnd(span);
  }

  forceFlush(): Promise<void> {
    return this.#next.forceFlush();
  }

  shutdown(): Promise<void> {
    this.#traces = undefined;
    return this.#next.shutdown();
  }
}

function placeOf(span: ReadableSpan): Pick<SpanStart, 'traceId' | 'spanId' | 'isLocalRoot'> {
  const { traceId, spanId } = span.spanContext();
  const { parentSpanContext } = span;
  return { traceId, spanId, isLocalRoot: parentSpanContext === undefined || parentSpanContext.isRemote === true };
}
