import { ownText } from '../../core/ownText.ts';

/** What is kept of a span: not the span itself, which holds on to its attributes and events. */
export interface StartedSpan {
  readonly name: string;
  /** 16 hexadecimal digits. */
  readonly spanId: string;
  /** On the monotonic clock. */
  readonly startedMillis: number;
}

/** What is known of a span when it starts. */
export interface SpanStart extends StartedSpan {
  /** 32 hexadecimal digits. */
  readonly traceId: string;
  /** Whether its parent, if it has one, is not of this process. */
  readonly isLocalRoot: boolean;
}

/** So many spans are kept, of all traces together. */
const MOST_SPANS = 20_000;
/** So many are left when there are more: a Map takes longer to find its first entry the more were deleted before it. */
const SPANS_LEFT = 19_800;
/** So many spans of a trace. */
const MOST_SPANS_OF_A_TRACE = 100;
/** So many are left to a trace where there is no more room, the first one among them, which mostly ends last. */
const SPARED_SPANS_OF_A_TRACE = 10;
const MAX_NAME_LENGTH = 100;

interface UnfinishedTrace {
  /** In the order of their start. Never empty. */
  readonly spans: StartedSpan[];
  /** How many spans of it whose parent is not of this process have not ended. */
  localRoots: number;
}

/**
 * The spans that have not ended, by their traces: 20,000 at most, and 100 of a trace. Measured on Node 24, when it is
 * full, each span in a trace of its own, it takes 6 to 11 MB, by the length of names.
 *
 * It is asked which span a request is stuck in: the last one of a trace in which a request goes on. So what is forgotten,
 * where there is no more room, two hundred spans at a time, is first
 *
 * 1. traces whose work in this process is over, but for spans that nobody has ended: leaks, as a rule;
 * 2. of traces with more than ten spans those after the first, but for the last nine;
 * 3. the traces that were seen first, or asked for longest ago.
 */
export class UnfinishedTraces {
  /** The one to be forgotten first is the first. */
  readonly #traces = new Map<string, UnfinishedTrace>();
  /** Those whose local roots have all ended. */
  readonly #leftOver = new Set<string>();
  /** Those that have more spans than are spared. */
  readonly #thick = new Set<string>();
  #size = 0;

  add({ traceId, isLocalRoot, name, spanId, startedMillis }: SpanStart): void {
    const span = { name: ownText(name, MAX_NAME_LENGTH), spanId, startedMillis };
    const trace = this.#traces.get(traceId);
    if (trace === undefined) this.#traces.set(traceId, { spans: [span], localRoots: isLocalRoot ? 1 : 0 });
    else this.#addTo(trace, { traceId, isLocalRoot, span });
    this.#size += 1;
    if (this.#size > MOST_SPANS) this.#makeRoom();
  }

  /** A span has ended, whether it is kept or not. */
  remove({ traceId, spanId, isLocalRoot }: Pick<SpanStart, 'traceId' | 'spanId' | 'isLocalRoot'>): void {
    const trace = this.#traces.get(traceId);
    if (trace === undefined) return;
    if (isLocalRoot) trace.localRoots -= 1;
    const { spans } = trace;
    // The one that started last mostly ends first.
    const index = spans.findLastIndex((span) => span.spanId === spanId);
    if (index !== -1) {
      spans.splice(index, 1);
      this.#size -= 1;
    }
    if (spans.length === 0) this.#forget(traceId);
    else if (isLocalRoot && trace.localRoots <= 0) this.#leftOver.add(traceId);
    if (spans.length === SPARED_SPANS_OF_A_TRACE) this.#thick.delete(traceId);
  }

  /** The span of a trace that started last of those that have not ended. */
  last(traceId: string): StartedSpan | undefined {
    const trace = this.#traces.get(traceId);
    if (trace === undefined) return undefined;
    // What was asked for is likely to be asked for again.
    this.#traces.delete(traceId);
    this.#traces.set(traceId, trace);
    return trace.spans.at(-1);
  }

  #addTo(
    trace: UnfinishedTrace,
    added: { readonly traceId: string; readonly isLocalRoot: boolean; readonly span: StartedSpan },
  ): void {
    trace.spans.push(added.span);
    if (added.isLocalRoot) {
      trace.localRoots += 1;
      this.#leftOver.delete(added.traceId);
    }
    if (trace.spans.length > SPARED_SPANS_OF_A_TRACE) this.#thick.add(added.traceId);
    if (trace.spans.length > MOST_SPANS_OF_A_TRACE) this.#thin(trace, 1);
  }

  #makeRoom(): void {
    for (const traceId of this.#leftOver) {
      if (this.#size <= SPANS_LEFT) return;
      this.#forget(traceId);
    }
    for (const traceId of this.#thick) {
      if (this.#size <= SPANS_LEFT) return;
      this.#thick.delete(traceId);
      const trace = this.#traces.get(traceId);
      if (trace !== undefined) this.#thin(trace, trace.spans.length - SPARED_SPANS_OF_A_TRACE);
    }
    for (const traceId of this.#traces.keys()) {
      if (this.#size <= SPANS_LEFT) return;
      this.#forget(traceId);
    }
  }

  /** Forgets so many spans of a trace, from its second on. */
  #thin({ spans }: UnfinishedTrace, count: number): void {
    spans.splice(1, count);
    this.#size -= count;
  }

  #forget(traceId: string): void {
    this.#size -= this.#traces.get(traceId)?.spans.length ?? 0;
    this.#traces.delete(traceId);
    this.#leftOver.delete(traceId);
    this.#thick.delete(traceId);
  }
}
