import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Servers of a test on loopback, and whatever else has to be closed after it. */
export class LoopbackServers {
  readonly #closing: (() => unknown)[] = [];

  /** Lets a server listen on a free port. @returns its URL, without a path */
  async listen(server: Server): Promise<string> {
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    this.onClose(() => {
      server.close();
      server.closeAllConnections();
    });
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  /** What is to be done after the test, in this order. */
  onClose(close: () => unknown): void {
    this.#closing.push(close);
  }

  /** Closes all. */
  async close(): Promise<void> {
    for (const close of this.#closing.splice(0)) await close();
  }
}
