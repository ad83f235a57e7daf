import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { readFile } from 'node:fs/promises';
import type { Duplex } from 'node:stream';

/** What one gateway serves; a second `up` compares it to learn whether a running one is the right one. */
export interface GatewayIdentity {
  readonly context: string;
  readonly namespace: string;
  /** Changes when the gateway's own files do. */
  readonly revision: string;
}

export interface GatewayOptions {
  readonly identity: GatewayIdentity;
  /** Opens a connection to the query service. */
  readonly connect: () => Promise<Duplex>;
}

/** Where the gateway answers with its identity. */
export const identityPath = '/.tracewright/identity';

/** Stands in every page of the gateway's own. */
export const standInMark = '/.tracewright/page.js';

// A query image without the UI bundle answers every page with this sentence (Jaeger 1.50, cmd/query/app/ui/placeholder).
const placeholder = 'This is a placeholder for Jaeger UI home page';
const pageFiles: Readonly<Record<string, { readonly file: string; readonly type: string }>> = {
  '/.tracewright/page.css': { file: 'page.css', type: 'text/css; charset=utf-8' },
  [standInMark]: { file: 'page.js', type: 'text/javascript; charset=utf-8' },
};
const pageHeaders = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

/**
 * An HTTP server in front of the query service: passes requests on, and shows a trace page of its own where the query
 * image has no UI. It answers to loopback names only, so that a page of another site cannot read traces through it.
 */
export function createGateway({ identity, connect }: GatewayOptions): Server {
  return createServer((incoming, outgoing) => {
    const path = new URL(incoming.url ?? '/', 'http://localhost').pathname;
    if (!isLoopbackName(incoming.headers.host)) return refuse(outgoing, 403, 'this address answers to localhost only');
    if (path === identityPath) return answerJson(outgoing, identity);
    const page = pageFiles[path];
    if (page !== undefined) return void answerFile(outgoing, page.file, page.type);
    connect().then(
      (tunnel) => forward(incoming, outgoing, tunnel),
      (error: unknown) => refuse(outgoing, 502, error instanceof Error ? error.message : String(error)),
    );
  });
}

function forward(incoming: IncomingMessage, outgoing: ServerResponse, tunnel: Duplex): void {
  const passedOn = request(
    {
      createConnection: () => tunnel,
      method: incoming.method ?? 'GET',
      path: incoming.url ?? '/',
      headers: { ...incoming.headers, connection: 'close', 'accept-encoding': 'identity' },
    },
    (answer) => {
      answer.on('error', () => outgoing.destroy());
      if (isPage(answer)) void showPage(answer, outgoing);
      else answer.pipe(outgoing.writeHead(answer.statusCode ?? 502, answer.headers));
      answer.on('close', () => tunnel.destroy());
    },
  );
  passedOn.on('error', (error) => {
    tunnel.destroy();
    refuse(outgoing, 502, `the query service broke off: ${error.message}`);
  });
  incoming.pipe(passedOn);
}

function isPage(answer: IncomingMessage): boolean {
  return (answer.headers['content-type'] ?? '').startsWith('text/html');
}

async function showPage(answer: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(Buffer.from(chunk as Uint8Array));
  const body = Buffer.concat(chunks);
  if (body.includes(placeholder)) return answerFile(outgoing, 'page.html', 'text/html; charset=utf-8');
  outgoing.writeHead(answer.statusCode ?? 200, answer.headers).end(body);
}

async function answerFile(outgoing: ServerResponse, file: string, type: string): Promise<void> {
  const body = await readFile(new URL(`page/${file}`, import.meta.url));
  outgoing.writeHead(200, { ...pageHeaders, 'content-type': type }).end(body);
}

function answerJson(outgoing: ServerResponse, body: unknown): void {
  outgoing.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function refuse(outgoing: ServerResponse, status: number, text: string): void {
  if (outgoing.headersSent) return void outgoing.destroy();
  outgoing.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${text}\n`);
}

/** Refuses names that another site's DNS could point here (DNS rebinding). */
function isLoopbackName(host: string | undefined): boolean {
  const name = (host ?? '').replace(/:\d+$/, '');
  return name === 'localhost' || name === '127.0.0.1' || name === '[::1]';
}
