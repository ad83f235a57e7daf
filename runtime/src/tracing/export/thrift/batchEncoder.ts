import type { ReadableSpan } from '@opentelemetry/sdk-trace';

/** How a {@link BatchEncoder} writes. */
export interface BatchEncoderOptions {
  /** Thrift's protocol: agents take `binary` on port 6832 and `compact` on port 6831. */
  readonly protocol: 'binary' | 'compact';
  /**
   * `agentMessage`: a oneway call of the agent's `emitBatch`, for UDP. `batch`: a bare `Batch` of jaeger.thrift, which the
   * collector takes over HTTP in the binary protocol as `application/x-thrift`.
   */
  readonly framing: 'agentMessage' | 'batch';
  /** Largest packet, in bytes. */
  readonly maxBytes: number;
}

/** What {@link BatchEncoder.take} made of a stretch of spans. */
export interface EncodedPacket {
  /** Valid until the next call of `take`; empty when nothing of this stretch fitted. */
  readonly bytes: Buffer;
  /** Index of the first span that is not dealt with yet. */
  readonly nextIndex: number;
  /** Spans in `bytes`. */
  readonly spanCount: number;
  /** How many of those were trimmed to fit, and marked as trimmed. */
  readonly trimmedCount: number;
  /** Spans that were left out, because they are too large even when trimmed. */
  readonly oversizeCount: number;
}

/** Encodes finished spans as Jaeger's thrift, packet by packet. */
export class BatchEncoder {
  readonly #options: BatchEncoderOptions;

  constructor(options: BatchEncoderOptions) {
    this.#options = options;
  }

  /** Fills one packet with spans from index `from` on. Call it again with `nextIndex` until that is `spans.length`. */
  take(spans: readonly ReadableSpan[], from: number): EncodedPacket {
    throw new Error(`not written yet: ${this.#options.protocol}, ${spans.length - from} spans`);
  }
}
