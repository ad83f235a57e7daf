import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { AccountedTransport } from './accountedTransport.ts';
import { AgentLink } from './agentLink.ts';
import { AgentSendError } from './agentSendError.ts';
import type { ConnectDatagramSocket, DatagramSocket } from './datagramSocket.ts';
import type { JaegerAgentConfig } from './exporterConfig.ts';
import type { ResolveHost } from './hostAddress.ts';
import { HostResolution } from './hostResolution.ts';
import { OutcomeTally } from './outcomeTally.ts';
import { PacketPacer } from './packetPacer.ts';
import type { SendOutcome } from './spanTransport.ts';
import { BatchEncoder, type EncodedPacket } from './thrift/batchEncoder.ts';
import type { TransportHost } from './transportHost.ts';
import { untilAborted } from './untilAborted.ts';

const DEFAULT_REFRESH_MILLIS = 30_000;

/** What an `AgentTransport` is made of. */
export interface AgentTransportOptions {
  readonly config: Pick<JaegerAgentConfig, 'host' | 'port' | 'protocol' | 'maxPacketBytes'>;
  /** Where spans go, as text. */
  readonly destination: string;
  readonly resolveHost: ResolveHost;
  readonly connectSocket: ConnectDatagramSocket;
  readonly host: TransportHost;
  /**
   * How old the address, and the socket, may become, in milliseconds.
   *
   * @defaultValue 30000
   */
  readonly refreshMillis?: number;
}

/**
 * Sends packets to a Jaeger agent over UDP. `sent` means that the kernel took the packet: nobody answers.
 *
 * One packet at a time, at the pace that batches come in, and the event loop gets its turn between two, so that a burst
 * does not overrun the agent's socket. A packet that the kernel refuses is tried once more on a new socket. Where the
 * name of the agent has no address, or the host no route, it waits until there is one.
 */
export class AgentTransport extends AccountedTransport {
  readonly #encoder: BatchEncoder;
  readonly #link: AgentLink;
  readonly #pacer: PacketPacer;
  /** The batch on its way, and from where on it is not in a packet yet. */
  #underWay: readonly ReadableSpan[] = [];
  #underWayFrom = 0;
  readonly #warmUpEnd = new AbortController();
  #warmUp: Promise<void> | undefined;

  constructor({ config, destination, resolveHost, connectSocket, host, refreshMillis }: AgentTransportOptions) {
    super(destination);
    const maxAgeMillis = refreshMillis ?? DEFAULT_REFRESH_MILLIS;
    this.#pacer = new PacketPacer(host);
    this.#encoder = new BatchEncoder({
      protocol: config.protocol,
      framing: 'agentMessage',
      maxBytes: config.maxPacketBytes,
    });
    this.#link = new AgentLink({
      destination,
      resolution: new HostResolution({ name: config.host, refreshMillis: maxAgeMillis, resolveHost, host }),
      port: config.port,
      maxSocketAgeMillis: maxAgeMillis,
      connectSocket,
      host,
    });
  }

  /**
   * Opens the socket ahead of the first batch, so that `sendNow` has one in a process that ends before. Tries once; a batch
   * waits for that. Never rejects.
   */
  warmUp(): Promise<void> {
    this.#warmUp ??= this.#link.warmUp(this.#warmUpEnd.signal);
    return this.#warmUp;
  }

  /**
   * Writes to the socket that is open, if one is. The kernel takes a packet before the call of the socket returns, and
   * nothing is waited for.
   */
  sendNow(spans: readonly ReadableSpan[]): SendOutcome {
    const tally = new OutcomeTally(spans.length);
    const socket = this.#link.openSocket;
    if (socket !== undefined) {
      const rest = this.#underWay.slice(this.#underWayFrom);
      // Of that batch, whoever waits for it would tell.
      const isRoomLeft = this.#writeNow(socket, rest, new OutcomeTally(rest.length));
      if (isRoomLeft) this.#writeNow(socket, spans, tally);
    }
    tally.drop('shutdown', tally.unaccounted);
    return tally.outcome();
  }

  protected async deliver(spans: readonly ReadableSpan[], tally: OutcomeTally, signal: AbortSignal): Promise<void> {
    if (this.#warmUp !== undefined) await untilAborted(this.#warmUp, signal);
    this.#underWay = spans;
    this.#underWayFrom = 0;
    try {
      await this.#deliverPackets(tally, signal);
    } finally {
      this.#underWay = [];
    }
    this.#noteRefusal(tally);
  }

  protected release(): Promise<void> {
    this.#warmUpEnd.abort();
    this.#link.close();
    return Promise.resolve();
  }

  /** Whether the kernel took all of them. */
  #writeNow(socket: DatagramSocket, spans: readonly ReadableSpan[], tally: OutcomeTally): boolean {
    for (let from = 0; from < spans.length;) {
      const packet = this.#encoder.take(spans, from);
      from = packet.nextIndex;
      tally.drop('oversize', packet.oversizeCount);
      if (packet.spanCount === 0) continue;
      if (!socket.sendNow(packet.bytes)) return false;
      tally.send(packet.spanCount, packet.trimmedCount);
    }
    return true;
  }

  async #deliverPackets(tally: OutcomeTally, signal: AbortSignal): Promise<void> {
    const spans = this.#underWay;
    this.#pacer.begin();
    while (this.#underWayFrom < spans.length && !signal.aborted) {
      const packet = this.#encoder.take(spans, this.#underWayFrom);
      this.#underWayFrom = packet.nextIndex;
      tally.drop('oversize', packet.oversizeCount);
      if (packet.spanCount > 0) await this.#deliverPacket(packet, tally, signal);
      await this.#pacer.after(packet.bytes.length);
    }
  }

  async #deliverPacket(packet: EncodedPacket, tally: OutcomeTally, signal: AbortSignal): Promise<void> {
    let failure = await this.#attempt(packet, signal);
    // The socket told of an earlier packet, or it is of no use any more: this one has not left.
    if (failure !== undefined && failure.code !== 'EMSGSIZE') {
      if (failure.code === 'ECONNREFUSED') tally.note(failure);
      failure = await this.#attempt(packet, signal);
    }
    if (failure === undefined) tally.send(packet.spanCount, packet.trimmedCount);
    else tally.drop('export_failed', packet.spanCount, failure);
  }

  async #attempt({ bytes }: EncodedPacket, signal: AbortSignal): Promise<AgentSendError | undefined> {
    const socket = await this.#link.socket(signal);
    try {
      await untilAborted(socket.send(bytes), signal);
      return undefined;
    } catch (cause) {
      if (signal.aborted) {
        // The kernel would go on reading bytes that the next packet is written over.
        this.#link.close();
        throw cause;
      }
      this.#link.discard();
      return new AgentSendError({ destination: this.destination, packetBytes: bytes.length, cause });
    }
  }

  #noteRefusal(tally: OutcomeTally): void {
    const cause = this.#link.takeRefusal();
    if (cause !== undefined) tally.note(new AgentSendError({ destination: this.destination, cause }));
  }
}
