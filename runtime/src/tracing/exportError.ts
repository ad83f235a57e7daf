/** Why spans did not reach their destination. */
export type ExportFailure = 'failed' | 'timeout' | 'backlog' | 'shutdown';

/** What an `ExportError` is made of. */
export interface ExportErrorOptions {
  readonly reason: ExportFailure;
  /** Number of spans in the batch. */
  readonly spanCount: number;
  /** Where the batch was going, as text. */
  readonly destination: string;
  /** What the exporter said. */
  readonly cause?: unknown;
}

/**
 * A batch of spans that was, wholly or in part, not handed over. The batch is not sent again.
 *
 * - `failed`: the exporter reported an error; `cause` holds it.
 * - `timeout`: the exporter did not answer within `batch.exportTimeoutMillis`.
 * - `backlog`: earlier batches are still waiting and the bound on waiting batches is reached.
 * - `shutdown`: the batch was still waiting when the time for shutting down was over, or came after it.
 */
export class ExportError extends Error {
  override readonly name = 'ExportError';
  readonly reason: ExportFailure;
  readonly spanCount: number;
  readonly destination: string;

  constructor({ reason, spanCount, destination, cause }: ExportErrorOptions) {
    const detail = cause instanceof Error ? `: ${cause.message}` : '';
    super(
      `${spanCount} ${spanCount === 1 ? 'span was' : 'spans were'} not exported to ${destination} (${reason})${detail}`,
      { cause },
    );
    this.reason = reason;
    this.spanCount = spanCount;
    this.destination = destination;
  }
}
