import type { DropReason } from '../accounting/dropReason.ts';
import type { SendOutcome } from './spanTransport.ts';

/** Adds up what becomes of the spans of one batch, so that no transport can forget one. */
export class OutcomeTally {
  readonly #spanCount: number;
  readonly #dropped: Partial<Record<DropReason, number>> = {};
  #sent = 0;
  #trimmed = 0;
  #accounted = 0;
  #error: Error | undefined;

  /** @param spanCount - length of the batch */
  constructor(spanCount: number) {
    this.#spanCount = spanCount;
  }

  /** Spans that the destination took, and how many of them were trimmed. */
  send(spanCount: number, trimmedCount: number): void {
    this.#sent += spanCount;
    this.#trimmed += Math.min(trimmedCount, spanCount);
    this.#accounted += spanCount;
  }

  /** Spans that were lost. */
  drop(reason: DropReason, spanCount: number, error?: Error): void {
    if (error !== undefined) this.note(error);
    if (spanCount === 0) return;
    this.#dropped[reason] = (this.#dropped[reason] ?? 0) + spanCount;
    this.#accounted += spanCount;
  }

  /** Something went wrong. The first error is the one that is told: later ones often follow from it. */
  note(error: Error): void {
    this.#error ??= error;
  }

  /** Spans that nobody spoke of yet. */
  get unaccounted(): number {
    return this.#spanCount - this.#accounted;
  }

  /** The outcome; spans that nobody spoke of are `export_failed`. To be called once, at the end. */
  outcome(): SendOutcome {
    this.drop('export_failed', this.unaccounted);
    const outcome = { sent: this.#sent, dropped: this.#dropped, trimmed: this.#trimmed };
    return this.#error === undefined ? outcome : { ...outcome, error: this.#error };
  }
}
