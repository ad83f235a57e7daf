import { abortableWait } from './abortableWait.ts';
import { AgentUnreachableError } from './agentUnreachableError.ts';
import { Backoff } from './backoff.ts';
import type { ConnectDatagramSocket, DatagramSocket } from './datagramSocket.ts';
import { type HostAddress, isSameAddress } from './hostAddress.ts';
import type { HostResolution } from './hostResolution.ts';
import { SendAbortedError } from './sendAbortedError.ts';
import type { TransportHost } from './transportHost.ts';
import { untilAborted } from './untilAborted.ts';

const FIRST_WAIT_MILLIS = 200;
const MAX_WAIT_MILLIS = 5000;

/** What an `AgentLink` is made of. */
export interface AgentLinkOptions {
  readonly destination: string;
  readonly resolution: HostResolution;
  readonly port: number;
  /** A socket is replaced when it is older than this, in milliseconds. */
  readonly maxSocketAgeMillis: number;
  readonly connectSocket: ConnectDatagramSocket;
  readonly host: Pick<TransportHost, 'monotonicMillis' | 'schedule' | 'random'>;
}

interface OpenSocket {
  readonly socket: DatagramSocket;
  readonly address: HostAddress;
  readonly openedAt: number;
}

/**
 * The way to the agent: a connected socket to the address that its host has now. A connected one asks no DNS for each
 * packet, and learns that nobody listens.
 *
 * A socket is replaced after an error, when the address changes, and now and then without a reason: its source port is
 * what a node's connection tracking knows it by, and a stale entry there swallows every packet without a word.
 */
export class AgentLink {
  readonly #options: AgentLinkOptions;
  readonly #backoff: Backoff;
  #open: OpenSocket | undefined;
  #refusal: Error | undefined;

  constructor(options: AgentLinkOptions) {
    this.#options = options;
    this.#backoff = new Backoff({
      firstMillis: FIRST_WAIT_MILLIS,
      maxMillis: MAX_WAIT_MILLIS,
      random: options.host.random,
    });
  }

  /**
   * A socket to send with. Tries again, for longer and longer, while the name has no address or there is no way to it.
   *
   * @throws SendAbortedError when `signal` is aborted first.
   */
  async socket(signal: AbortSignal): Promise<DatagramSocket> {
    let failure: Error | undefined;
    for (let hasTime = !signal.aborted; hasTime;) {
      try {
        const socket = await this.#usableSocket(signal);
        this.#backoff.reset();
        return socket;
      } catch (error) {
        if (error !== signal.reason) failure = new AgentUnreachableError(this.#options.destination, error);
        this.discard();
        hasTime = await abortableWait(this.#backoff.nextMillis(), signal, this.#options.host);
      }
    }
    throw new SendAbortedError(this.#options.destination, failure);
  }

  /** Opens a socket ahead of time, in one attempt. Never rejects. */
  async warmUp(signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    try {
      await this.#usableSocket(signal);
    } catch {
      // The first packet tries again, for as long as it may.
    }
  }

  /** The socket that is open at this moment, however old it is. */
  get openSocket(): DatagramSocket | undefined {
    return this.#open?.socket;
  }

  /** Lets go of the socket, after an error, and of what is known of the address. */
  discard(): void {
    this.close();
    this.#options.resolution.distrust();
  }

  /** The error that came between two packets, once. */
  takeRefusal(): Error | undefined {
    const refusal = this.#refusal;
    this.#refusal = undefined;
    return refusal;
  }

  /** Closes the socket; packets that the kernel did not take yet are dropped. */
  close(): void {
    this.#open?.socket.close();
    this.#open = undefined;
  }

  async #usableSocket(signal: AbortSignal): Promise<DatagramSocket> {
    const { resolution, maxSocketAgeMillis, host } = this.#options;
    const address = await resolution.address(signal);
    const open = this.#open;
    const isFresh = open !== undefined && host.monotonicMillis() - open.openedAt < maxSocketAgeMillis;
    if (isFresh && isSameAddress(address, open.address)) return open.socket;
    const opened = await this.#connect(address, signal);
    // Not before: a process that ends meanwhile has the old one at least.
    this.close();
    this.#open = opened;
    return opened.socket;
  }

  async #connect(address: HostAddress, signal: AbortSignal): Promise<OpenSocket> {
    const { connectSocket, port, host } = this.#options;
    const connecting = connectSocket(address, port, (error) => this.#hearRefusal(address, error));
    try {
      return { socket: await untilAborted(connecting, signal), address, openedAt: host.monotonicMillis() };
    } catch (error) {
      // It may open after all, when nobody waits for it any more.
      connecting.then((socket) => socket.close()).catch(() => undefined);
      throw error;
    }
  }

  #hearRefusal(address: HostAddress, error: Error): void {
    this.#refusal = error;
    if (isSameAddress(address, this.#open?.address)) this.discard();
  }
}
