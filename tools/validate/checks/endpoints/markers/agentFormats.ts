import type { TracingAgentOutputs } from '../../../../../runtime/src/tracing/stackOutputs.ts';
import { BatchEncoder } from '../../../../../runtime/src/tracing/export/thrift/batchEncoder.ts';
import { toReadableSpan, type Marker } from './marker.ts';
import { zipkinCompactCall } from './zipkinThrift.ts';

/** A form in which agents take spans over UDP, and where. */
export interface AgentFormat {
  readonly name: string;
  readonly port: (agent: TracingAgentOutputs) => number;
  /** One datagram. */
  readonly encode: (marker: Marker) => Buffer;
}

const maxBytes = 65_000;

/** Every form that the agents of a stack take. */
export const agentFormats: readonly AgentFormat[] = [
  { name: 'agent, thrift compact over UDP', port: (agent) => agent.thriftCompactPort, encode: emitBatch('compact') },
  { name: 'agent, thrift binary over UDP', port: (agent) => agent.thriftBinaryPort, encode: emitBatch('binary') },
  {
    name: 'agent, Zipkin thrift compact over UDP',
    port: (agent) => agent.zipkinCompactPort,
    encode: zipkinCompactCall,
  },
];

function emitBatch(protocol: 'binary' | 'compact'): (marker: Marker) => Buffer {
  return (marker) =>
    Buffer.from(
      new BatchEncoder({ protocol, framing: 'agentMessage', maxBytes }).take([toReadableSpan(marker)], 0).bytes,
    );
}
