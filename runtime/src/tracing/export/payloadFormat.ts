import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import type { EncodedPacket } from './thrift/batchEncoder.ts';

/** Spans that a collector took the request with, but did not keep. */
export interface RejectedSpans {
  readonly spanCount: number;
  /** The collector's reason. */
  readonly reason: string;
}

/** How spans are written into the body of a request, and what the answer says of them. */
export interface PayloadFormat {
  /** Media type of the body. */
  readonly contentType: string;
  /** Writes one request with spans from index `from` on. To be called until `nextIndex` is `spans.length`. */
  readonly take: (spans: readonly ReadableSpan[], from: number) => EncodedPacket;
  /** What the body of a successful answer rejects. Never throws: an answer that cannot be read rejects nothing. */
  readonly rejectedIn: (answer: Uint8Array) => RejectedSpans | undefined;
}
