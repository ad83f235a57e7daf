import { AgentTransport } from '../../../../../runtime/src/tracing/export/agentTransport.ts';
import { BatchEncoder } from '../../../../../runtime/src/tracing/export/thrift/batchEncoder.ts';
import { FakeNetwork } from './fakeNetwork.ts';
import { FakeTransportHost } from './fakeTransportHost.ts';
import { finishedSpans } from '../../../../support/finishedSpans.ts';

/** A batch for one packet. */
export const spans = finishedSpans({ count: 3 });

/** 50 spans, for several packets of {@link manyPacketBytes}. */
export const manySpans = finishedSpans({ count: 50, paddingCharacters: 900 });

/** Size of packets of which `manySpans` needs several. */
export const manyPacketBytes = 20_000;

/** How many of `manySpans` are in a packet. */
export const spansPerPacket = new BatchEncoder({
  protocol: 'binary',
  framing: 'agentMessage',
  maxBytes: manyPacketBytes,
}).take(manySpans, 0).spanCount;

/** A signal that is never aborted. */
export const forever = new AbortController().signal;

/** A transport to an agent in a network and a process that a test drives. */
export function setUpAgent(
  name = 'agent',
  maxPacketBytes = 65_000,
): { readonly host: FakeTransportHost; readonly network: FakeNetwork; readonly transport: AgentTransport } {
  const host = new FakeTransportHost();
  const network = new FakeNetwork();
  const transport = new AgentTransport({
    config: { host: name, port: 6832, protocol: 'binary', maxPacketBytes },
    destination: `the Jaeger agent at ${name}:6832`,
    resolveHost: network.resolveHost,
    connectSocket: network.connectSocket,
    host,
  });
  return { host, network, transport };
}
