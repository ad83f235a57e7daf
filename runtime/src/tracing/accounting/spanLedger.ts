import type { SendOutcome } from '../export/spanTransport.ts';
import type { DropReason } from './dropReason.ts';
import { type Settlement, settlementOf } from './settlement.ts';

/**
 * How many spans this process has made and what became of them. At every instant
 * `created = exported + (all of dropped) + queued + inFlight`.
 */
export interface SpanCounts {
  /** Recorded, sampled spans that ended. Those that ended after the shutdown are among them. */
  readonly created: number;
  /** Spans that the destination took; over UDP, where nobody answers, those that were handed to the kernel. */
  readonly exported: number;
  /** Spans that were lost, by reason; every reason is there. */
  readonly dropped: Readonly<Record<DropReason, number>>;
  /** Spans that wait for their batch to leave. */
  readonly queued: number;
  /** Spans that were given to the transport and whose fate it has not told. */
  readonly inFlight: number;
  /** Spans that sampling turned away, recorded or not. No part of `created`. */
  readonly unsampled: number;
  /** Spans of those exported that were trimmed to fit. */
  readonly trimmed: number;
}

/** Spans that left the queue together. */
export interface Departure {
  /**
   * Books what became of them, and returns what was booked: an outcome that does not account for every span, or for
   * too many, is made whole. Only the first call counts; a further one books nothing and returns what was booked.
   */
  settle(outcome: SendOutcome): Settlement;
}

/**
 * Counts spans by moving them from one state to another. No sequence of calls breaks the law of `SpanCounts`: what is
 * not there cannot be moved, and what has been moved cannot be moved again.
 */
export class SpanLedger {
  #created = 0;
  #exported = 0;
  #queued = 0;
  #inFlight = 0;
  #unsampled = 0;
  #trimmed = 0;
  readonly #dropped: Record<DropReason, number> = { queue_full: 0, oversize: 0, export_failed: 0, shutdown: 0 };

  /** A span that sampling turned away. */
  countUnsampled(): void {
    this.#unsampled += 1;
  }

  /** A span ended and was put into the queue. */
  enqueue(): void {
    this.#created += 1;
    this.#queued += 1;
  }

  /** A span ended and was not taken. */
  refuse(reason: DropReason): void {
    this.#created += 1;
    this.#dropped[reason] += 1;
  }

  /** Spans that waited are given up: at most as many as wait. Returns how many that were. */
  dropQueued(reason: DropReason, spanCount: number): number {
    const count = Math.min(spanCount, this.#queued);
    this.#queued -= count;
    this.#dropped[reason] += count;
    return count;
  }

  /** A batch leaves the queue: at most as many spans as wait. */
  depart(spanCount: number): Departure {
    const count = Math.min(spanCount, this.#queued);
    this.#queued -= count;
    this.#inFlight += count;
    let settlement: Settlement | undefined;
    return {
      settle: (outcome) => {
        if (settlement === undefined) {
          settlement = settlementOf(outcome, count);
          this.#settle(settlement, count);
        }
        return settlement;
      },
    };
  }

  /** The counts as they are now; they do not change afterwards. */
  snapshot(): SpanCounts {
    return {
      created: this.#created,
      exported: this.#exported,
      dropped: { ...this.#dropped },
      queued: this.#queued,
      inFlight: this.#inFlight,
      unsampled: this.#unsampled,
      trimmed: this.#trimmed,
    };
  }

  #settle({ exported, dropped, trimmed }: Settlement, count: number): void {
    this.#inFlight -= count;
    this.#exported += exported;
    this.#trimmed += trimmed;
    this.#dropped.queue_full += dropped.queue_full;
    this.#dropped.oversize += dropped.oversize;
    this.#dropped.export_failed += dropped.export_failed;
    this.#dropped.shutdown += dropped.shutdown;
  }
}
