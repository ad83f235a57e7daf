import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { withoutTracing } from '../../../tracing/context/withoutTracing.ts';
import type { NodeHandler } from './nodeHandler.ts';

/** Nobody who looks at a page needs longer to ask. */
const REQUEST_TIMEOUT_MILLIS = 15_000;
/** Who takes nothing of an answer for so long has gone; streams give a sign of life more often. */
const SILENCE_MILLIS = 60_000;
/** Beside streams: whoever is one too many is told so, and not cut. */
const SPARE_CONNECTIONS = 2_000;

/** Where to listen, and for how many. */
export interface ListenOptions {
  readonly port: number;
  readonly host: string;
  readonly maxStreams: number;
  /** After so many milliseconds in which nothing moves on it, a connection is cut. @defaultValue 60,000 */
  readonly silenceMillis?: number;
  /** Gets what goes wrong with the server while it listens. */
  readonly onError: (error: Error) => void;
}

/** A server that listens. It does not keep the process alive. */
export interface Listening {
  readonly port: number;
  /** Cuts what is under way, and resolves when the port is free. Never rejects. */
  readonly stop: () => Promise<void>;
}

/**
 * Listens. What it is asked for makes no spans of the application, whatever is instrumented.
 *
 * @throws Error of Node's where the port cannot be listened on
 */
export async function listen(
  handle: NodeHandler,
  { port, host, maxStreams, silenceMillis = SILENCE_MILLIS, onError }: ListenOptions,
): Promise<Listening> {
  const server = createServer({ requestTimeout: REQUEST_TIMEOUT_MILLIS, headersTimeout: REQUEST_TIMEOUT_MILLIS });
  server.maxConnections = maxStreams + SPARE_CONNECTIONS;
  server.setTimeout(silenceMillis);
  server.on('request', handle);
  // What runs on a connection runs in the context that was active when the server began to listen.
  await withoutTracing(() => listening(server, port, host));
  server.on('error', onError);
  server.unref();
  // A browser that watches keeps the process no longer than the server does.
  server.on('connection', (socket) => socket.unref());
  return { port: (server.address() as AddressInfo).port, stop: () => stop(server) };
}

function listening(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
