import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import {
  BatchEncoder,
  type BatchEncoderOptions,
  type EncodedPacket,
} from '../../../../../../runtime/src/tracing/export/thrift/batchEncoder.ts';

/** Everything that can be chosen of a packet, but its size. */
export const formats = [
  { protocol: 'binary', framing: 'agentMessage' },
  { protocol: 'compact', framing: 'agentMessage' },
  { protocol: 'binary', framing: 'batch' },
  { protocol: 'compact', framing: 'batch' },
] as const;

/** All packets of these spans. Packets do not outlive the next call, so their bytes are copied. */
export function encodeAll(options: BatchEncoderOptions, spans: readonly ReadableSpan[]): readonly EncodedPacket[] {
  const encoder = new BatchEncoder(options);
  const packets: EncodedPacket[] = [];
  for (let from = 0; from < spans.length;) {
    const packet = encoder.take(spans, from);
    if (packet.nextIndex <= from) throw new Error('a packet that deals with no span keeps its caller for ever');
    from = packet.nextIndex;
    packets.push({ ...packet, bytes: Buffer.from(packet.bytes) });
  }
  return packets;
}
