import { once } from 'node:events';
import type { Server } from 'node:http';
import { connect, type AddressInfo, type Server as TcpServer, type Socket } from 'node:net';

/** Listens on a free loopback port. */
export async function listen<T extends Server | TcpServer>(server: T): Promise<T> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

/** The port of a server that listens. */
export function portOf(server: Server | TcpServer): number {
  return (server.address() as AddressInfo).port;
}

/** A connection to a loopback port. */
export async function connected(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  return socket;
}

/** Sends these very bytes and gives all that comes back until the server closes. */
export async function exchange(port: number, bytes: string): Promise<string> {
  const socket = await connected(port);
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', () => undefined);
  socket.write(bytes);
  await once(socket, 'close');
  return Buffer.concat(chunks).toString('latin1');
}
