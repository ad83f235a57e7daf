import { request, type ClientRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { GatewayTarget } from './gatewayTarget.ts';
import { answerPageFile, isPlaceholder, standInPage } from './standIn.ts';

/** The Service ended the connection before its answer was whole. */
export class ServiceBrokeOffError extends Error {
  override readonly name = 'ServiceBrokeOffError';

  constructor(title: string, cause: unknown) {
    super(`${title} broke off: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

// The page of a UI is some kilobytes; a longer one is no placeholder and need not be kept to be looked at.
const pageLimitBytes = 1024 * 1024;

/** They concern one connection, not the way through it (RFC 9110, 7.6.1). */
const hopByHop = ['connection', 'keep-alive', 'te', 'trailer', 'transfer-encoding', 'upgrade', 'expect'];

/** Where a request is passed on to. */
export interface PassOnOptions extends Pick<GatewayTarget, 'title' | 'standsIn'> {
  /** Opens a connection of its own. */
  readonly connect: () => Promise<Duplex>;
}

/**
 * Passes a request on over a connection of its own and its answer back; a page that says that there is no UI is replaced
 * by ours. The connection is closed with the answer, also when the client leaves before.
 * @throws ServiceBrokeOffError when no whole answer comes; whatever `connect` throws.
 */
export async function passOn(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { connect, title, standsIn }: PassOnOptions,
): Promise<void> {
  const tunnel = await connect();
  tunnel.on('error', () => tunnel.destroy());
  if (outgoing.closed) {
    tunnel.destroy();
    return;
  }
  const passedOn = send(incoming, tunnel);
  outgoing.once('close', () => {
    passedOn.destroy();
    tunnel.destroy();
  });
  try {
    await giveBack(await answerTo(passedOn), outgoing, standsIn);
  } catch (cause) {
    throw new ServiceBrokeOffError(title, cause);
  }
}

function send(incoming: IncomingMessage, tunnel: Duplex): ClientRequest {
  const { 'transfer-encoding': transferEncoding, ...headers } = incoming.headers;
  const passedOn = request({
    createConnection: () => tunnel,
    method: incoming.method ?? 'GET',
    path: incoming.url ?? '/',
    headers: {
      ...withoutHops(headers),
      connection: 'close',
      'accept-encoding': 'identity',
      ...(transferEncoding === undefined ? {} : { 'transfer-encoding': 'chunked' }),
    },
  });
  // Whoever waits for the answer is told too; what comes after the answer concerns nobody.
  passedOn.on('error', () => tunnel.destroy());
  incoming.pipe(passedOn);
  return passedOn;
}

function answerTo(passedOn: ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    passedOn.once('response', resolve).once('error', reject);
  });
}

async function giveBack(answer: IncomingMessage, outgoing: ServerResponse, standsIn: boolean): Promise<void> {
  const status = answer.statusCode ?? 502;
  const headers = withoutHops(answer.headers);
  if (!standsIn || !(answer.headers['content-type'] ?? '').startsWith('text/html')) {
    await pipeline(answer, outgoing.writeHead(status, headers));
    return;
  }
  const start = await readStart(answer);
  if (start.isWhole && isPlaceholder(start.bytes)) {
    await answerPageFile(outgoing, standInPage);
    return;
  }
  outgoing.writeHead(status, headers);
  if (start.isWhole) {
    outgoing.end(start.bytes);
    return;
  }
  outgoing.write(start.bytes);
  await pipeline(answer, outgoing);
}

/** The whole body, or as much of it as passes the limit; the rest stays in the stream. */
async function readStart(answer: IncomingMessage): Promise<{ readonly bytes: Buffer; readonly isWhole: boolean }> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of answer.iterator({ destroyOnReturn: false })) {
    const part = Buffer.from(chunk as Uint8Array);
    chunks.push(part);
    length += part.length;
    if (length > pageLimitBytes) return { bytes: Buffer.concat(chunks), isWhole: false };
  }
  return { bytes: Buffer.concat(chunks), isWhole: true };
}

function withoutHops<T>(headers: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !hopByHop.includes(name)));
}
