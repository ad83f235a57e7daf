import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { GatewayTarget } from './gatewayTarget.ts';
import { passOn } from './passOn.ts';
import { answerPageFile, pageFiles } from './standIn.ts';
import { refusalOf } from './requestRefusal.ts';

/** What one gateway serves; a second `up` compares it to learn whether a running one is the right one. */
export interface GatewayIdentity {
  readonly context: string;
  readonly namespace: string;
  readonly service: string;
  /** Path that the Service serves under; empty where it is none. */
  readonly basePath: string;
  /** Changes when the gateway's own files do. */
  readonly revision: string;
}

/** What {@link createGateway} takes. */
export interface GatewayOptions {
  readonly identity: GatewayIdentity;
  readonly target: Pick<GatewayTarget, 'title' | 'methods' | 'standsIn'>;
  /** Opens a connection to the Service. */
  readonly connect: () => Promise<Duplex>;
  /**
   * How long a request may go without a byte in either direction.
   * @defaultValue 120 000
   */
  readonly idleTimeoutMillis?: number;
}

/** Where the gateway answers with its identity. */
export const identityPath = '/.tracewright/identity';

/**
 * An HTTP server in front of a Service: passes requests on, and shows a trace page of its own where the query image has no
 * UI. It answers to loopback names only, so that a page of another site cannot read anything through it.
 * Whatever a client or the Service does ends that one request, never the server.
 */
export function createGateway(options: GatewayOptions): Server {
  const server = createServer((incoming, outgoing) => {
    respond(options, incoming, outgoing).catch((error: unknown) => {
      refuse(outgoing, 502, error instanceof Error ? error.message : String(error));
    });
  });
  const refuseTunnel = (_incoming: IncomingMessage, socket: Duplex): void => {
    socket.on('error', () => socket.destroy());
    socket.end('HTTP/1.1 501 Not Implemented\r\nconnection: close\r\ncontent-length: 0\r\n\r\n', () =>
      socket.destroy(),
    );
  };
  return server.on('upgrade', refuseTunnel).on('connect', refuseTunnel);
}

async function respond(options: GatewayOptions, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const { identity, target, connect, idleTimeoutMillis = 120_000 } = options;
  outgoing.on('error', () => outgoing.destroy());
  outgoing.setTimeout(idleTimeoutMillis, () => {
    refuse(outgoing, 504, `${target.title} did not answer within ${idleTimeoutMillis / 1000} s`);
  });
  const refusal = refusalOf(incoming, target.methods);
  if (refusal !== undefined) {
    refuse(outgoing, refusal.status, refusal.text, refusal.headers);
    return;
  }
  const [path = '/'] = (incoming.url ?? '/').split('?');
  if (path === identityPath) answerJson(outgoing, identity);
  else if (target.standsIn && pageFiles.has(path)) await answerPageFile(outgoing, path);
  else if (path === '/' && identity.basePath !== '') outgoing.writeHead(302, { location: identity.basePath }).end();
  else await passOn(incoming, outgoing, { connect, ...target });
}

function answerJson(outgoing: ServerResponse, body: unknown): void {
  outgoing.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function refuse(
  outgoing: ServerResponse,
  status: number,
  text: string,
  further: Readonly<Record<string, string>> = {},
): void {
  if (outgoing.headersSent || outgoing.closed) {
    outgoing.destroy();
    return;
  }
  const headers = { 'content-type': 'text/plain; charset=utf-8', connection: 'close' };
  outgoing.writeHead(status, { ...headers, ...further }).end(`${text}\n`);
}
