import type { KubeConfig } from '@kubernetes/client-node';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { openServiceTunnel, type ServicePort } from './podTunnel.ts';

export interface ForwardedPort extends AsyncDisposable {
  /** The loopback port that leads to the service. */
  readonly port: number;
}

/** Listens on a free loopback port and leads every connection to a ready pod behind the service, until disposed of. */
export async function forwardPort(config: KubeConfig, target: ServicePort): Promise<ForwardedPort> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    openServiceTunnel(config, target).then(
      (tunnel) => {
        tunnel.on('error', () => socket.destroy());
        socket.pipe(tunnel).pipe(socket);
      },
      (error: unknown) => socket.destroy(error instanceof Error ? error : new Error(String(error))),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP server has an address with a port');
  return {
    port: address.port,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
