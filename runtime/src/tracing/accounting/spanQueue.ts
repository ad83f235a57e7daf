import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { compactSpan } from './compactSpan.ts';

/** The bounds of a `SpanQueue`. */
export interface SpanQueueBounds {
  /** How many spans wait at most. */
  readonly maxSpans: number;
  /** How much memory spans may hold, waiting or taken and not released; an estimate in bytes. */
  readonly maxBytes: number;
}

/** Spans that were taken from a `SpanQueue` together. */
export interface SpanBatch {
  readonly spans: ReadableSpan[];
  /** What they hold, by the queue's estimate. */
  readonly bytes: number;
}

/** A first-in, first-out queue of ended spans, bounded by number and by memory, in storage of a fixed size. */
export class SpanQueue {
  readonly #maxBytes: number;
  readonly #spans: (ReadableSpan | undefined)[];
  readonly #bytes: Int32Array;
  #maxSpans: number;
  #head = 0;
  #size = 0;
  #heldBytes = 0;

  constructor({ maxSpans, maxBytes }: SpanQueueBounds) {
    this.#maxSpans = maxSpans;
    this.#maxBytes = maxBytes;
    this.#spans = Array<ReadableSpan | undefined>(maxSpans).fill(undefined);
    this.#bytes = new Int32Array(maxSpans);
  }

  /** How many spans wait. */
  get size(): number {
    return this.#size;
  }

  /** What the spans hold that wait or were taken and not released, by estimate. */
  get heldBytes(): number {
    return this.#heldBytes;
  }

  /**
   * Puts a span at the end unless a bound forbids it. A span that is larger than the bound in bytes is taken when
   * nothing else is held: the transport can trim it.
   */
  offer(span: ReadableSpan): boolean {
    if (this.#size >= this.#maxSpans) return false;
    const bytes = compactSpan(span);
    if (this.#heldBytes + bytes > this.#maxBytes && this.#heldBytes !== 0) return false;
    const end = this.#head + this.#size;
    const slot = end < this.#spans.length ? end : end - this.#spans.length;
    this.#spans[slot] = span;
    this.#bytes[slot] = bytes;
    this.#heldBytes += bytes;
    this.#size += 1;
    return true;
  }

  /** Takes up to `maxCount` spans from the front. What they hold counts until it is released. */
  take(maxCount: number): SpanBatch {
    const spans: ReadableSpan[] = [];
    let bytes = 0;
    while (spans.length < maxCount && this.#size > 0) {
      const span = this.#spans[this.#head];
      if (span !== undefined) spans.push(span);
      bytes += this.#bytes[this.#head] ?? 0;
      // A slot that kept its span would keep it alive until the ring comes round again.
      this.#spans[this.#head] = undefined;
      this.#head = this.#head + 1 === this.#spans.length ? 0 : this.#head + 1;
      this.#size -= 1;
    }
    // A ring that is seldom full stays in the processor's cache when it begins at the same place each time.
    if (this.#size === 0) this.#head = 0;
    return { spans, bytes };
  }

  /** Spans that were taken are held no longer. */
  release({ bytes }: SpanBatch): void {
    this.#heldBytes -= bytes;
  }

  /** Takes nothing any more. What waits stays. */
  close(): void {
    this.#maxSpans = 0;
  }

  get isClosed(): boolean {
    return this.#maxSpans === 0;
  }
}
