import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { printableExcerpt } from './printableExcerpt.ts';
import type { RejectedSpans, RequestFormat } from './requestFormat.ts';

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
export function otlpFormat(serializer: OtlpSerializer): RequestFormat {
  return {
    contentType: 'application/x-protobuf',
    take: (spans, from) => {
      const bytes = serializer.serializeRequest(spans.slice(from)) ?? new Uint8Array();
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

function rejectedIn(answer: Uint8Array, serializer: OtlpSerializer): RejectedSpans | undefined {
  try {
    const { rejectedSpans = 0, errorMessage = '' } = serializer.deserializeResponse(answer).partialSuccess ?? {};
    return rejectedSpans > 0 ? { spanCount: rejectedSpans, reason: printableExcerpt(errorMessage) } : undefined;
  } catch {
    // A server that answers 200 with something else has not said that it rejects anything.
    return undefined;
  }
}
