import type { PayloadFormat } from './payloadFormat.ts';
import { BatchEncoder } from './thrift/batchEncoder.ts';

/** Jaeger's thrift in the binary protocol, as the collector's `/api/traces` takes it. Its answers have nothing to say. */
export function thriftFormat(maxBytes: number): PayloadFormat {
  const encoder = new BatchEncoder({ protocol: 'binary', framing: 'batch', maxBytes });
  return {
    contentType: 'application/x-thrift',
    take: (spans, from) => encoder.take(spans, from),
    rejectedIn: () => undefined,
  };
}
