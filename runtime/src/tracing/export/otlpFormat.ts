import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { printableExcerpt } from './printableExcerpt.ts';
import type { RejectedSpans, PayloadFormat } from './payloadFormat.ts';
import { copySpan } from './spanCopy.ts';

/** What an answer to OTLP says, as far as it matters here. */
export interface OtlpAnswer {
  readonly partialSuccess?: { readonly rejectedSpans?: number; readonly errorMessage?: string };
}

/** Writes and reads OTLP: OpenTelemetry's own serializers have this form. */
export interface OtlpSerializer {
  serializeRequest(spans: ReadableSpan[]): Uint8Array | undefined;
  deserializeResponse(answer: Uint8Array): OtlpAnswer;
}

/** OTLP as protobuf, over HTTP and gRPC alike: a whole batch in one request. */
export function otlpFormat(serializer: OtlpSerializer): PayloadFormat {
  return {
    contentType: 'application/x-protobuf',
    take: (spans, from) => {
      const bytes = serialize(spans.slice(from), serializer);
      return {
        bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
        nextIndex: spans.length,
        spanCount: spans.length - from,
        trimmedCount: 0,
        oversizeCount: 0,
      };
    },
    rejectedIn: (answer) => rejectedIn(answer, serializer),
  };
}

/** A span that cannot be written as it is, because a value in it is cyclic or throws, is written as a copy that can. */
function serialize(spans: ReadableSpan[], serializer: OtlpSerializer): Uint8Array {
  const write = (writable: ReadableSpan[]): Uint8Array => serializer.serializeRequest(writable) ?? new Uint8Array();
  try {
    return write(spans);
  } catch {
    return write(spans.map((span) => (isWritable(span, serializer) ? span : copySpan(span))));
  }
}

function isWritable(span: ReadableSpan, serializer: OtlpSerializer): boolean {
  try {
    serializer.serializeRequest([span]);
    return true;
  } catch {
    return false;
  }
}

function rejectedIn(answer: Uint8Array, serializer: OtlpSerializer): RejectedSpans | undefined {
  try {
    const { rejectedSpans = 0, errorMessage = '' } = serializer.deserializeResponse(answer).partialSuccess ?? {};
    return rejectedSpans > 0 ? { spanCount: rejectedSpans, reason: printableExcerpt(errorMessage) } : undefined;
  } catch {
    // A server that answers 200 with something else has not said that it rejects anything.
    return undefined;
  }
}
