/** What a `RejectedSpansError` is made of. */
export interface RejectedSpansErrorOptions {
  readonly destination: string;
  readonly spanCount: number;
  /** The collector's reason, without control characters. */
  readonly reason: string;
}

/** A collector took a request, but not all of its spans (a "partial success" of OTLP). */
export class RejectedSpansError extends Error {
  override readonly name = 'RejectedSpansError';
  readonly destination: string;
  readonly spanCount: number;
  readonly reason: string;

  constructor({ destination, spanCount, reason }: RejectedSpansErrorOptions) {
    super(
      `${destination} rejected ${spanCount} ${spanCount === 1 ? 'span' : 'spans'}: ${reason || 'it gave no reason'}`,
    );
    this.destination = destination;
    this.spanCount = spanCount;
    this.reason = reason;
  }
}
