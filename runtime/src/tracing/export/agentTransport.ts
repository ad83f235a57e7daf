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
import { BatchEncoder, type BatchEncoderOptions, type EncodedPacket } from './thrift/batchEncoder.ts';
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

/** A batch, and how far it has come. */
interface Batch {
  readonly spans: readonly ReadableSpan[];
  readonly tally: OutcomeTally;
  /** Index of the first span that no socket was given yet. */
  next: number;
}

/** What came of a packet; `overtaken` where `sendNow` sent it while a socket was waited for. */
type PacketEnd = 'sent' | 'overtaken' | AgentSendError;

/**
 * Sends packets to a Jaeger agent over UDP. `sent` means that the kernel took the packet: nobody answers.
 *
 * One packet at a time, at the pace that batches come in, and the event loop gets its turn between two, so that a burst
 * does not overrun the agent's socket. A packet that the kernel refuses is tried once more on a new socket. Where the
 * name of the agent has no address, or the host no route, it waits until there is one.
 */
export class AgentTransport extends AccountedTransport {
  readonly #encoding: BatchEncoderOptions;
  readonly #encoder: BatchEncoder;
  readonly #link: AgentLink;
  readonly #pacer: PacketPacer;
  #underWay: Batch | undefined;
  readonly #warmUpEnd = new AbortController();
  #warmUp: Promise<void> | undefined;

  constructor({ config, destination, resolveHost, connectSocket, host, refreshMillis }: AgentTransportOptions) {
    super(destination);
    const maxAgeMillis = refreshMillis ?? DEFAULT_REFRESH_MILLIS;
    this.#pacer = new PacketPacer(host);
    this.#encoding = { protocol: config.protocol, framing: 'agentMessage', maxBytes: config.maxPacketBytes };
    this.#encoder = new BatchEncoder(this.#encoding);
    this.#link = new AgentLink({
      destination,
      resolution: new HostResolution({ name: config.host, refreshMillis: maxAgeMillis, resolveHost, host }),
      port: config.port,
      maxSocketAgeMillis: maxAgeMillis,
      connectSocket,
      host,
    });
  }

  /** Opens the socket. Tries once; a batch waits for that. */
  warmUp(): Promise<void> {
    this.#warmUp ??= this.untraced(() => this.#link.warmUp(this.#warmUpEnd.signal));
    return this.#warmUp;
  }

  /** Whether a socket is open. */
  get canSendNow(): boolean {
    return this.#link.openSocket !== undefined;
  }

  /**
   * Writes to the socket that is open, if one is. The kernel takes a packet before the call of the socket returns, and
   * nothing is waited for. Where the process lives on after all, nothing is sent twice or counted twice.
   */
  sendNow(spans: readonly ReadableSpan[]): SendOutcome {
    const tally = new OutcomeTally(spans.length);
    const socket = this.#link.openSocket;
    if (socket !== undefined) this.#writeNow(socket, { spans, tally, next: 0 });
    tally.drop('shutdown', tally.unaccounted);
    return tally.outcome();
  }

  protected async deliver(spans: readonly ReadableSpan[], tally: OutcomeTally, signal: AbortSignal): Promise<void> {
    const batch = { spans, tally, next: 0 };
    // Before anything is waited for: the process may end while it is.
    this.#underWay = batch;
    try {
      if (this.#warmUp !== undefined) await untilAborted(this.#warmUp, signal);
      await this.#deliverPackets(batch, signal);
    } finally {
      this.#underWay = undefined;
    }
    this.#noteRefusal(tally);
  }

  protected release(): Promise<void> {
    this.#warmUpEnd.abort();
    this.#link.close();
    return Promise.resolve();
  }

  /** Until the kernel has no room left. */
  #writeNow(socket: DatagramSocket, last: Batch): void {
    // One of its own: a packet on its way is in the bytes of the other one.
    const encoder = new BatchEncoder(this.#encoding);
    for (const batch of [this.#underWay ?? last, last]) {
      while (batch.next < batch.spans.length) {
        const packet = encoder.take(batch.spans, batch.next);
        if (packet.spanCount > 0 && !socket.sendNow(packet.bytes)) {
          // What there was no room for shall not leave later, when it is counted as lost or sent once more.
          this.#link.close();
          return;
        }
        settle(batch, packet, 'sent');
      }
    }
  }

  async #deliverPackets(batch: Batch, signal: AbortSignal): Promise<void> {
    this.#pacer.begin();
    while (batch.next < batch.spans.length && !signal.aborted) {
      const packet = this.#encoder.take(batch.spans, batch.next);
      settle(batch, packet, packet.spanCount === 0 ? 'sent' : await this.#deliverPacket(batch, packet, signal));
      await this.#pacer.after(packet.bytes.length);
    }
  }

  async #deliverPacket(batch: Batch, packet: EncodedPacket, signal: AbortSignal): Promise<PacketEnd> {
    const end = await this.#attempt(batch, packet, signal);
    if (typeof end === 'string' || end.code === 'EMSGSIZE') return end;
    // The socket told of an earlier packet, or it is of no use any more: this one has not left.
    if (end.code === 'ECONNREFUSED') batch.tally.note(end);
    return this.#attempt(batch, packet, signal);
  }

  async #attempt(batch: Batch, { bytes, nextIndex }: EncodedPacket, signal: AbortSignal): Promise<PacketEnd> {
    const from = batch.next;
    const socket = await this.#link.socket(signal);
    if (batch.next !== from) return 'overtaken';
    try {
      const sending = socket.send(bytes);
      batch.next = Math.max(from, nextIndex);
      await untilAborted(sending, signal);
      return 'sent';
    } catch (cause) {
      if (signal.aborted) {
        // The kernel would go on reading bytes that the next packet is written over.
        this.#link.close();
        throw cause;
      }
      // Unless `sendNow` went on from there.
      if (batch.next === nextIndex) batch.next = from;
      this.#link.discard();
      return new AgentSendError({ destination: this.destination, packetBytes: bytes.length, cause });
    }
  }

  #noteRefusal(tally: OutcomeTally): void {
    const cause = this.#link.takeRefusal();
    if (cause !== undefined) tally.note(new AgentSendError({ destination: this.destination, cause }));
  }
}

/** Counts the spans of a packet, once it is known what came of it. */
function settle(batch: Batch, packet: EncodedPacket, end: PacketEnd): void {
  if (end === 'overtaken') return;
  const { tally } = batch;
  batch.next = Math.max(batch.next, packet.nextIndex);
  tally.drop('oversize', packet.oversizeCount);
  if (end === 'sent') tally.send(packet.spanCount, packet.trimmedCount);
  else tally.drop('export_failed', packet.spanCount, end);
}
