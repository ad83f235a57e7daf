/**
 * What became of one request.
 *
 * - `taken`: the collector has it; `answer` is the body of its answer, as far as it was read.
 * - `later`: it may take it when it is asked again, and not before `afterMillis` where it says so.
 * - `tooLarge`: it would take less at once.
 * - `refused`: it will never take this.
 */
export type Verdict =
  | { readonly kind: 'taken'; readonly answer: Uint8Array }
  | { readonly kind: 'later'; readonly error: Error; readonly afterMillis?: number }
  | { readonly kind: 'tooLarge'; readonly error: Error }
  | { readonly kind: 'refused'; readonly error: Error };

/** Carries single requests to a collector. */
export interface Courier {
  /**
   * Sends one body, once, within a bounded time. Never rejects. When `signal` is aborted it settles promptly. The body is
   * not read any more when it has settled.
   */
  carry(body: Uint8Array, signal: AbortSignal): Promise<Verdict>;
  /** Closes connections. Idempotent. */
  close(): void;
}
