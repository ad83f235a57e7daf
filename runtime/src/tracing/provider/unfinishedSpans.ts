import type { Context } from '@opentelemetry/api';
import type { ReadableSpan, Span, SpanProcessor } from '@opentelemetry/sdk-trace';
import type { HostProcess } from '../../core/hostProcess.ts';
import type { UnfinishedSpan } from '../../core/unfinishedSpan.ts';

/** So many traces are watched; the one that was seen first is forgotten for a further one. */
const MOST_TRACES = 10_000;
/** So many spans of a trace: the ones that start later are not watched. */
const MOST_SPANS_OF_A_TRACE = 1000;

interface Started {
  readonly span: Span;
  readonly startedMillis: number;
}

/**
 * Knows the spans that have not ended, from when it is told to watch: until then it does nothing but pass spans on to the
 * processor that it stands in front of.
 */
export class UnfinishedSpans implements SpanProcessor {
  readonly #next: SpanProcessor;
  readonly #host: Pick<HostProcess, 'monotonicMillis'>;
  #traces: Map<string, Started[]> | undefined;

  constructor(next: SpanProcessor, host: Pick<HostProcess, 'monotonicMillis'>) {
    this.#next = next;
    this.#host = host;
  }

  /** Watches the spans that start from now on. */
  watch(): void {
    this.#traces ??= new Map();
  }

  /** The span of a trace that started last of those that have not ended; `undefined` where none is known. */
  last(traceId: string): UnfinishedSpan | undefined {
    const started = this.#traces?.get(traceId)?.at(-1);
    if (started === undefined) return undefined;
    const { span, startedMillis } = started;
    const elapsedMillis = this.#host.monotonicMillis() - startedMillis;
    return { name: span.name, spanId: span.spanContext().spanId, elapsedMillis };
  }

  onStart(span: Span, parentContext: Context): void {
    if (this.#traces !== undefined) this.#add(this.#traces, span);
    this.#next.onStart(span, parentContext);
  }

  onEnding(span: Span): void {
    this.#next.onEnding?.(span);
  }

  onEnd(span: ReadableSpan): void {
    if (this.#traces !== undefined) this.#remove(this.#traces, span);
    this.#next.onEnd(span);
  }

  forceFlush(): Promise<void> {
    return this.#next.forceFlush();
  }

  shutdown(): Promise<void> {
    this.#traces = undefined;
    return this.#next.shutdown();
  }

  #add(traces: Map<string, Started[]>, span: Span): void {
    const { traceId } = span.spanContext();
    const started = { span, startedMillis: this.#host.monotonicMillis() };
    const spans = traces.get(traceId);
    if (spans !== undefined) {
      if (spans.length < MOST_SPANS_OF_A_TRACE) spans.push(started);
      return;
    }
    traces.set(traceId, [started]);
    if (traces.size <= MOST_TRACES) return;
    const [oldest = ''] = traces.keys();
    traces.delete(oldest);
  }

  #remove(traces: Map<string, Started[]>, ended: ReadableSpan): void {
    const { traceId, spanId } = ended.spanContext();
    const spans = traces.get(traceId);
    // The one that started last mostly ends first.
    const index = spans?.findLastIndex(({ span }) => span.spanContext().spanId === spanId) ?? -1;
    if (spans === undefined || index === -1) return;
    if (spans.length === 1) traces.delete(traceId);
    else spans.splice(index, 1);
  }
}
