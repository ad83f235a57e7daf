import { randomInt } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import { promisify } from 'node:util';

// Below the ports that Linux hands out by itself: what was free is not taken by somebody's connection before it is listened on.
const FIRST = 12_000;
const LAST = 29_999;
const MOST_TRIES = 100;

/** A TCP port of the loopback interface that nobody listens on at this moment. */
export function freeTcpPort(): Promise<number> {
  return freePort(async (port) => {
    const server = createServer();
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
    await promisify(server.close.bind(server))();
  });
}

/** A UDP port of the loopback interface that nobody listens on at this moment. */
export function freeUdpPort(): Promise<number> {
  return freePort(async (port) => {
    const socket = createSocket('udp4');
    await new Promise<void>((resolve, reject) => socket.once('error', reject).bind(port, '127.0.0.1', resolve));
    await new Promise<void>((resolve) => socket.close(resolve));
  });
}

/** Tries ports until one can be listened on. @throws Error of the last one that was tried. */
async function freePort(listen: (port: number) => Promise<void>): Promise<number> {
  for (let tries = 1; ; tries += 1) {
    const port = randomInt(FIRST, LAST + 1);
    try {
      await listen(port);
      return port;
    } catch (error) {
      if (tries === MOST_TRIES) throw error;
    }
  }
}
