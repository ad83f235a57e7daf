import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { compactSpan } from './compactSpan.ts';

/** How long a span may wait before it is measured, in milliseconds. */
export const MEASURE_MILLIS = 10;

/** What a `SpanQueue` is made of. */
export interface SpanQueueOptions {
  /** How many spans wait at most. */
  readonly maxSpans: number;
  /** How much memory spans may hold, waiting or taken and not released; an estimate in bytes. */
  readonly maxBytes: number;
  /** Called when a span came and all before it were measured: `measure` is due within `MEASURE_MILLIS`. */
  readonly onUnmeasured: () => void;
}

/** Spans that were taken from a `SpanQueue` together. */
export interface SpanBatch {
  readonly spans: ReadableSpan[];
}

interface TakenBatch extends SpanBatch {
  /** How many of the spans are measured; they are the first ones. */
  measured: number;
  /** What those hold. */
  bytes: number;
}

/**
 * A first-in, first-out queue of ended spans, bounded by number and by memory, in storage of a fixed size.
 *
 * To measure a span takes longer than all else that happens to it here, and most spans are gone before it matters. So it
 * is done to what has stayed for `MEASURE_MILLIS`, outside of the application's `span.end()`: until then a span may hold
 * more than it needs, but no application makes much in that time.
 */
export class SpanQueue {
  readonly #options: SpanQueueOptions;
  readonly #spans: (ReadableSpan | undefined)[];
  /** What each measured span holds. */
  readonly #bytes: Float64Array;
  readonly #taken = new Set<TakenBatch>();
  #head = 0;
  #size = 0;
  /** How many of those that wait are measured; they are the first ones. */
  #measured = 0;
  /** When the first span ended that is not measured, by its own clock, in milliseconds. */
  #unmeasuredSince = 0;
  #heldBytes = 0;
  #isClosed = false;

  constructor(options: SpanQueueOptions) {
    this.#options = options;
    this.#spans = Array<ReadableSpan | undefined>(options.maxSpans).fill(undefined);
    this.#bytes = new Float64Array(options.maxSpans);
  }

  /** How many spans wait. */
  get size(): number {
    return this.#size;
  }

  /** What the measured spans hold that wait or were taken and not released, by estimate. */
  get heldBytes(): number {
    return this.#heldBytes;
  }

  /** Whether it takes nothing any more. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Puts a span at the end, unless a bound is reached. */
  offer(span: ReadableSpan): boolean {
    if (this.#size >= this.#spans.length || this.#heldBytes > this.#options.maxBytes || this.#isClosed) return false;
    if (this.#measured === this.#size) {
      this.#unmeasuredSince = endMillis(span);
      this.#options.onUnmeasured();
    }
    this.#spans[this.#slot(this.#size)] = span;
    this.#size += 1;
    return true;
  }

  /**
   * Whether `measure` has to come before this span, because timers do not run: the application makes spans in one go. The
   * spans' own times say so for less than a look at the clock; when a clock is set back they only say it too early.
   */
  isLate(span: ReadableSpan): boolean {
    return this.#measured < this.#size && Math.abs(endMillis(span) - this.#unmeasuredSince) > MEASURE_MILLIS;
  }

  /**
   * Makes every span hold no memory but its own, and gives up the newest of those that wait as far as all together hold
   * too much. A span that holds too much alone is kept when nothing else is held: the transport can trim it.
   *
   * @returns how many spans were given up
   */
  measure(): number {
    for (const batch of this.#taken) this.#measureTaken(batch);
    while (this.#measured < this.#size) {
      const bytes = this.#measureNext();
      if (this.#heldBytes !== 0 && this.#heldBytes + bytes > this.#options.maxBytes) return this.#giveUpUnmeasured();
      this.#heldBytes += bytes;
      this.#measured += 1;
    }
    return 0;
  }

  /** Takes up to `maxCount` spans from the front. What they hold counts until they are released. */
  take(maxCount: number): SpanBatch {
    const batch: TakenBatch = { spans: [], measured: 0, bytes: 0 };
    const count = Math.min(maxCount, this.#size);
    batch.measured = Math.min(count, this.#measured);
    for (let index = 0; index < count; index += 1) {
      const span = this.#spans[this.#head];
      if (span !== undefined) batch.spans.push(span);
      if (index < batch.measured) batch.bytes += this.#bytes[this.#head] ?? 0;
      // A slot that kept its span would keep it alive until the ring comes round again.
      this.#spans[this.#head] = undefined;
      this.#head = this.#slot(1);
    }
    this.#size -= count;
    this.#measured -= batch.measured;
    // A ring that is seldom full stays in the processor's cache when it begins at the same place each time.
    if (this.#size === 0) this.#head = 0;
    this.#taken.add(batch);
    return batch;
  }

  /** Spans that were taken are held no longer. */
  release(batch: SpanBatch): void {
    for (const taken of this.#taken) {
      if (taken !== batch) continue;
      this.#taken.delete(taken);
      this.#heldBytes -= taken.bytes;
    }
  }

  /** Takes nothing any more. What waits stays. */
  close(): void {
    this.#isClosed = true;
  }

  /** Where the span is that has so many before it. */
  #slot(index: number): number {
    const slot = this.#head + index;
    return slot < this.#spans.length ? slot : slot - this.#spans.length;
  }

  #measureNext(): number {
    const slot = this.#slot(this.#measured);
    const span = this.#spans[slot];
    const bytes = span === undefined ? 0 : compactSpan(span);
    this.#bytes[slot] = bytes;
    return bytes;
  }

  #measureTaken(batch: TakenBatch): void {
    for (const span of batch.spans.slice(batch.measured)) {
      const bytes = compactSpan(span);
      batch.bytes += bytes;
      this.#heldBytes += bytes;
    }
    batch.measured = batch.spans.length;
  }

  #giveUpUnmeasured(): number {
    const count = this.#size - this.#measured;
    for (let index = this.#measured; index < this.#size; index += 1) this.#spans[this.#slot(index)] = undefined;
    this.#size = this.#measured;
    return count;
  }
}

function endMillis({ endTime }: ReadableSpan): number {
  return endTime[0] * 1e3 + endTime[1] * 1e-6;
}
