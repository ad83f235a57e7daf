import type { KubeConfig } from '@kubernetes/client-node';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { openServiceTunnel, type ServicePort } from './podTunnel.ts';

/** A loopback port that leads to a service; disposing of it ends its connections. */
export interface ForwardedPort extends AsyncDisposable {
  /** The loopback port that leads to the service. */
  readonly port: number;
}

/** Listens on a free loopback port and leads every connection to a ready pod behind the service, until disposed of. */
export function forwardPort(config: KubeConfig, target: ServicePort): Promise<ForwardedPort> {
  return forwardConnections(() => openServiceTunnel(config, target));
}

/** Listens on a free loopback port and leads every connection to a tunnel of its own; each ends with the other. */
export async function forwardConnections(openTunnel: () => Promise<Duplex>): Promise<ForwardedPort> {
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    openTunnel().then(
      (tunnel) => join(socket, tunnel),
      () => socket.destroy(),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP server has an address with a port');
  return {
    port: address.port,
    [Symbol.asyncDispose]: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

function join(socket: Socket, tunnel: Duplex): void {
  tunnel.on('error', () => socket.destroy());
  if (socket.destroyed) {
    tunnel.destroy();
    return;
  }
  socket.on('close', () => tunnel.destroy());
  tunnel.on('close', () => socket.destroySoon());
  socket.pipe(tunnel).pipe(socket);
}
