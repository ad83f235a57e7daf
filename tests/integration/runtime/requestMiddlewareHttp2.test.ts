import Fastify from 'fastify';
import { type ClientHttp2Session, type ClientHttp2Stream, connect, constants, createServer } from 'node:http2';
import type { AddressInfo, Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { fastifyRequests } from '../../../runtime/src/requests/http/fastifyRequests.ts';
import { trackHttp } from '../../../runtime/src/requests/http/trackHttp.ts';
import { RequestTracker } from '../../../runtime/src/requests/requestTracker.ts';
import { LoopbackServers } from '../support/loopbackServers.ts';

const loopback = new LoopbackServers();

const sessions: ClientHttp2Session[] = [];

afterEach(async () => {
  // A server waits for its sessions.
  for (const session of sessions.splice(0)) session.destroy();
  await loopback.close();
});

/** More than a client takes before it reads. */
const BIG = Buffer.alloc(5_000_000);

/** What every server does: `/ok` answers, `/boom` fails, `/part` answers in part, `/big` a lot, `/slow` not at all. */
const servers = {
  async http(tracker: RequestTracker): Promise<Server> {
    const handler = trackHttp(
      tracker,
      ({ url }, response) => {
        if (url === '/ok') response.end('ok');
        if (url === '/boom') response.writeHead(500).end();
        if (url === '/part') response.write('p');
        if (url === '/big') response.end(BIG);
      },
      { route: ({ url }) => url },
    );
    // The compatibility layer of HTTP/2 is what handlers of HTTP/1 are used with.
    const server = createServer((incoming, response) => void Reflect.apply(handler, undefined, [incoming, response]));
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    loopback.onClose(() => server.close());
    return server;
  },
  async fastify(tracker: RequestTracker): Promise<Server> {
    const app = Fastify({ http2: true });
    await Reflect.apply(app.register, app, [fastifyRequests(tracker)]);
    app.get('/ok', (_request, reply) => reply.send('ok'));
    app.get('/boom', (_request, reply) => reply.status(500).send());
    app.get('/part', (_request, reply) => {
      reply.hijack();
      reply.raw.write('p');
    });
    app.get('/big', (_request, reply) => reply.send(BIG));
    app.get('/slow', () => new Promise(() => undefined));
    await app.listen({ host: '127.0.0.1', port: 0 });
    loopback.onClose(() => app.close());
    return app.server;
  },
};

async function connected(kind: keyof typeof servers): Promise<{ tracker: RequestTracker; client: ClientHttp2Session }> {
  const tracker = new RequestTracker();
  loopback.onClose(() => tracker.stop());
  const server = await servers[kind](tracker);
  const client = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  client.on('error', () => undefined);
  sessions.push(client);
  return { tracker, client };
}

function ask(client: ClientHttp2Session, path: string, method = 'GET'): ClientHttp2Stream {
  return client.request({ ':path': path, ':method': method }).on('error', () => undefined);
}

describe.each(['http', 'fastify'] as const)('the middleware of %s over HTTP/2', (kind) => {
  it('completes what is answered, and fails by the status', async () => {
    const { tracker, client } = await connected(kind);
    for (const path of ['/ok', '/boom', '/big'])
      await new Promise((end) => ask(client, path).resume().on('close', end));
    await expect.poll(() => tracker.counts().unfinished).toBe(0);
    expect(tracker.readFinished().requests.map(({ operation, failure }) => [operation, failure])).toEqual([
      ['GET /ok', undefined],
      ['GET /boom', { reason: 'error', type: '500' }],
      ['GET /big', undefined],
    ]);
  });

  it.each(['/slow', '/part', '/big'])('is cancelled where the client resets %s', async (path) => {
    const { tracker, client } = await connected(kind);
    const stream = ask(client, path);
    const isAnswered = path === '/slow' || new Promise((resolve) => stream.on('response', resolve));
    await expect.poll(() => tracker.counts().started).toBe(1);
    await isAnswered;
    stream.close(constants.NGHTTP2_CANCEL);
    await expect.poll(() => tracker.counts().failed).toBe(1);
    expect(tracker.find().requests[0]).toMatchObject({ operation: `GET ${path}`, failure: { reason: 'cancelled' } });
  });

  it('is cancelled where the client goes away', async () => {
    const { tracker, client } = await connected(kind);
    ask(client, '/slow');
    await expect.poll(() => tracker.counts().unfinished).toBe(1);
    client.destroy();
    await expect.poll(() => tracker.counts().failed).toBe(1);
    expect(tracker.find().requests[0]?.failure).toEqual({ reason: 'cancelled' });
  });
});

it('trackHttp completes a HEAD request over HTTP/2', async () => {
  const { tracker, client } = await connected('http');
  await new Promise((end) => ask(client, '/ok', 'HEAD').resume().on('close', end));
  await expect.poll(() => tracker.counts().completed).toBe(1);
});
