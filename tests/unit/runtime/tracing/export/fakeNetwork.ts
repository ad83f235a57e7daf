import type { DatagramSocket } from '../../../../../runtime/src/tracing/export/datagramSocket.ts';
import type { HostAddress } from '../../../../../runtime/src/tracing/export/hostAddress.ts';

/** An error as the system reports it. */
export function systemError(code: string): Error {
  return Object.assign(new Error(`${code} of a test`), { code });
}

/** An IPv4 address. */
export function v4(address: string): HostAddress {
  return { address, family: 4 };
}

/** A packet that a socket was given. */
export interface SentPacket {
  readonly address: string;
  readonly port: number;
  readonly bytes: number;
  /** Which socket, counted from 1. */
  readonly socket: number;
}

/** Names and sockets that a test drives. */
export class FakeNetwork {
  /** What the name stands for; an error where it cannot be resolved. */
  addresses: readonly HostAddress[] | Error = [v4('10.0.0.1')];
  /** Names that were asked for. */
  readonly lookups: string[] = [];
  /** Holds back the answers to look-ups while it is there. */
  lookupGate: Promise<void> | undefined;
  readonly packets: SentPacket[] = [];
  /** What the next sends come to, in order; those beyond succeed. `'never'` stays without an answer. */
  readonly sendResults: (Error | 'ok' | 'never')[] = [];
  /** What the next attempts to connect come to, in order. */
  readonly connectResults: Error[] = [];
  /** Holds back sockets while it is there. */
  connectGate: Promise<void> | undefined;
  /** How many packets the kernel takes at once. */
  roomForPackets = Infinity;
  readonly open = new Set<number>();
  #sockets = 0;
  #lastOnError: (error: Error) => void = () => undefined;

  readonly resolveHost = async (host: string): Promise<readonly HostAddress[]> => {
    this.lookups.push(host);
    const { addresses } = this;
    await this.lookupGate;
    if (addresses instanceof Error) throw addresses;
    return addresses;
  };

  readonly connectSocket = async (
    { address }: HostAddress,
    port: number,
    onError: (error: Error) => void,
  ): Promise<DatagramSocket> => {
    const failure = this.connectResults.shift();
    if (failure !== undefined) throw failure;
    await this.connectGate;
    const number = ++this.#sockets;
    this.open.add(number);
    this.#lastOnError = onError;
    return {
      send: (packet) => {
        this.packets.push({ address, port, bytes: packet.length, socket: number });
        return this.#sendResult();
      },
      sendNow: (packet) => {
        if (this.roomForPackets <= 0) return false;
        this.roomForPackets -= 1;
        this.packets.push({ address, port, bytes: packet.length, socket: number });
        return true;
      },
      close: () => void this.open.delete(number),
    };
  };

  /** The newest socket learns that something is wrong, between two packets. */
  report(error: Error): void {
    this.#lastOnError(error);
  }

  async #sendResult(): Promise<void> {
    const result = this.sendResults.shift() ?? 'ok';
    if (result === 'never') await new Promise(() => undefined);
    if (result instanceof Error) throw result;
  }
}
