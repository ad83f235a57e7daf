import { createSocket, type Socket } from 'node:dgram';
import { setTimeout as delay } from 'node:timers/promises';
import { COMPACT_PROTOCOL, decodeCompactMessage } from '../../support/compactDecoder.ts';
import { type ReceivedSpan, spansOf } from './receivedSpan.ts';
import { decodeThriftMessage } from '../../support/thriftDecoder.ts';

/**
 * A UDP socket in the place of the agent: it decodes every packet, binary or compact, and can pass it on to a port of a
 * real agent.
 */
export class AgentTap {
  readonly port: number;
  readonly spans: ReceivedSpan[] = [];
  readonly packetBytes: number[] = [];
  /** The protocol of each packet. */
  readonly packetProtocols: ('binary' | 'compact')[] = [];
  readonly #socket: Socket;

  private constructor(socket: Socket, forwardTo: number | undefined) {
    this.#socket = socket;
    this.port = socket.address().port;
    socket.on('message', (packet) => {
      this.packetBytes.push(packet.length);
      const isCompact = packet[0] === COMPACT_PROTOCOL;
      this.packetProtocols.push(isCompact ? 'compact' : 'binary');
      this.spans.push(...spansOf(isCompact ? decodeCompactMessage(packet) : decodeThriftMessage(packet)));
      if (forwardTo !== undefined) socket.send(packet, forwardTo, '127.0.0.1');
    });
  }

  /** Listens on a free port of the loopback interface. */
  static open(forwardTo?: number): Promise<AgentTap> {
    return new Promise((resolve, reject) => {
      const socket = createSocket({ type: 'udp4', recvBufferSize: 4 * 1024 * 1024 });
      socket.once('error', reject);
      socket.bind(0, '127.0.0.1', () => resolve(new AgentTap(socket, forwardTo)));
    });
  }

  /** The spans that `wanted` accepts, once there are `count` of them; after ten seconds, whatever there is. */
  async waitFor(count: number, wanted: (span: ReceivedSpan) => boolean = () => true): Promise<readonly ReceivedSpan[]> {
    const deadline = performance.now() + 10_000;
    while (this.spans.filter(wanted).length < count && performance.now() < deadline) await delay(20);
    return this.spans.filter(wanted);
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.#socket.close(() => resolve()));
  }
}
