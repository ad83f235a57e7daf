import { createSocket, type Socket } from 'node:dgram';
import type { DatagramSocket } from '../datagramSocket.ts';
import type { HostAddress } from '../hostAddress.ts';

/** Opens a connected socket of Node's. It does not keep the process alive. */
export function connectDatagramSocket(
  { address, family }: HostAddress,
  port: number,
  onError: (error: Error) => void,
): Promise<DatagramSocket> {
  const socket = createSocket(family === 6 ? 'udp6' : 'udp4').unref();
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => {
      socket.close();
      reject(error);
    };
    socket.once('error', fail);
    socket.once('connect', () => {
      socket.off('error', fail);
      socket.on('error', onError);
      resolve(new NodeDatagramSocket(socket));
    });
    socket.connect(port, address);
  });
}

class NodeDatagramSocket implements DatagramSocket {
  readonly #socket: Socket;
  #isClosed = false;

  constructor(socket: Socket) {
    this.#socket = socket;
  }

  send(packet: Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#socket.send(packet, (error) => (error === null ? resolve() : reject(error)));
    });
  }

  sendNow(packet: Uint8Array): boolean {
    try {
      this.#socket.send(packet, () => undefined);
      // Node tries at once; only what the kernel has no room for waits in a queue.
      return this.#socket.getSendQueueCount() === 0;
    } catch {
      return false;
    }
  }

  close(): void {
    if (!this.#isClosed) this.#socket.close();
    this.#isClosed = true;
  }
}
