// @spec S3.1 S3.2
import { setTimeout as sleep } from 'node:timers/promises';
import express, { type NextFunction, type Request, type Response, Router } from 'express';
import Fastify from 'fastify';
import { createServer, request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { LoopbackServers } from '../support/loopbackServers.ts';
import { expressRequests } from '../../../runtime/src/requests/http/expressRequests.ts';
import { fastifyRequests } from '../../../runtime/src/requests/http/fastifyRequests.ts';
import { trackHttp } from '../../../runtime/src/requests/http/trackHttp.ts';
import type { RequestSnapshot } from '../../../runtime/src/requests/requestSnapshot.ts';
import { RequestTracker } from '../../../runtime/src/requests/requestTracker.ts';

const loopback = new LoopbackServers();

afterEach(() => loopback.close());

const refuse = (): never => {
  throw new Error('a hook');
};
const user = ({ headers }: { headers: Record<string, unknown> }): string | undefined => {
  const name = headers['x-user'];
  return typeof name === 'string' ? name : undefined;
};

/** What every server does: `/api/orders/:id` waits and tells what it is in, `POST` reads a body, `/boom` fails. */
const servers = {
  async http(tracker: RequestTracker): Promise<string> {
    const server = createServer(
      trackHttp(
        tracker,
        (incoming, response) => {
          const { url = '', method } = incoming;
          if (url.includes('/orders/') && method === 'POST') {
            incoming.on('data', () => undefined).on('end', () => response.end(tracker.current()?.id));
          } else if (url.includes('/orders/')) {
            void sleep(Number(incoming.headers['x-wait'] ?? 0)).then(() => response.end(tracker.current()?.id));
          } else if (url.includes('/named')) {
            tracker.current()?.update({ operation: 'place order' });
            response.end();
          } else response.writeHead(url.includes('/boom') ? 500 : 404).end();
        },
        {
          userId: user,
          agentId: refuse,
          route: ({ url }) =>
            ['/api/orders/:id', '/api/boom'].find((path) => url?.startsWith(path.replace(/:id$/, '')) === true),
          ignore: ({ url }) => url === '/healthz',
        },
      ),
    );
    return loopback.listen(server);
  },
  async express(tracker: RequestTracker): Promise<string> {
    const app = express();
    app.use(expressRequests(tracker, { userId: user, agentId: refuse, ignore: ({ url }) => url === '/healthz' }));
    const api = Router();
    api.get('/orders/:id', async (request, response) => {
      await sleep(Number(request.headers['x-wait'] ?? 0));
      response.send(tracker.current()?.id);
    });
    api.post('/orders/:id', express.json(), (_request, response) => void response.send(tracker.current()?.id));
    api.get('/boom', refuse);
    app.use('/api', api);
    const tenant = Router();
    tenant.get('/users/:id', (_request, response) => void response.end());
    app.use('/tenants/:tenant', tenant);
    app.get('/named', (_request, response) => {
      tracker.current()?.update({ operation: 'place order' });
      response.end();
    });
    // Express knows a handler of errors by its four parameters.
    app.use((_error: Error, _request: Request, response: Response, next: NextFunction) => {
      if (response.headersSent) next();
      else response.status(500).end();
    });
    return loopback.listen(createServer(app));
  },
  async fastify(tracker: RequestTracker): Promise<string> {
    const app = Fastify();
    await app.register(
      fastifyRequests(tracker, {
        userId: ({ raw }) => user(raw),
        agentId: refuse,
        ignore: ({ raw }) => raw.url === '/healthz',
      }),
    );
    await app.register(
      (api, _options, done) => {
        api.get('/orders/:id', async ({ headers }) => {
          await sleep(Number(headers['x-wait'] ?? 0));
          return tracker.current()?.id;
        });
        api.post('/orders/:id', () => Promise.resolve(tracker.current()?.id));
        api.get('/boom', refuse);
        done();
      },
      { prefix: '/api' },
    );
    app.get('/named', (_request, reply) => {
      tracker.current()?.update({ operation: 'place order' });
      return reply.send();
    });
    await app.ready();
    loopback.onClose(() => app.close());
    return loopback.listen(app.server);
  },
};

/** The requests so far, once as many as expected have ended; the oldest first. */
async function ended(tracker: RequestTracker, count: number): Promise<readonly RequestSnapshot[]> {
  await expect.poll(() => tracker.counts().completed + tracker.counts().failed, { timeout: 10_000 }).toBe(count);
  expect(tracker.counts()).toMatchObject({ started: count, unfinished: 0 });
  return tracker.readFinished({ limit: 1000 }).requests;
}

async function started(kind: keyof typeof servers) {
  const tracker = new RequestTracker();
  loopback.onClose(() => tracker.stop());
  return { tracker, url: await servers[kind](tracker) };
}

describe.each(['http', 'express', 'fastify'] as const)('the middleware of %s', (kind) => {
  it('names a request by its route, and knows its user and status although a hook throws', async () => {
    const { tracker, url } = await started(kind);
    const response = await fetch(`${url}/api/orders/17?token=canary`, { headers: { 'x-user': 'ann' } });
    const [request] = await ended(tracker, 1);
    expect(await response.text()).toBe(request?.id);
    expect(request).toMatchObject({ operation: 'GET /api/orders/:id', state: 'completed', userId: 'ann' });
    expect(request?.attributes).toEqual({ 'http.response.status_code': 200 });
    expect(request).not.toHaveProperty('agentId');
  });

  it('reaches the handler of a request whose body is read first', async () => {
    const { tracker, url } = await started(kind);
    for (let count = 1; count <= 3; count += 1) {
      const body = JSON.stringify({ text: 'x'.repeat(90_000) });
      const headers = { 'content-type': 'application/json' };
      const response = await fetch(`${url}/api/orders/17`, { method: 'POST', body, headers });
      const request = (await ended(tracker, count)).at(-1);
      expect(await response.text()).toBe(request?.id);
      expect(request?.operation).toBe('POST /api/orders/:id');
    }
  });

  it('gives each of many parallel requests a context of its own through awaits and timers', async () => {
    const { tracker, url } = await started(kind);
    const ask = async (number: number) => {
      const headers = { 'x-user': `user-${number}`, 'x-wait': String((number * 7) % 30) };
      return [`user-${number}`, await (await fetch(`${url}/api/orders/${number}`, { headers })).text()];
    };
    const answers = await Promise.all(Array.from({ length: 60 }, (_, number) => ask(number)));
    const requests = await ended(tracker, 60);
    const expected = requests.map(({ userId, id }) => [userId, id]);
    expect(answers.sort()).toEqual(expected.sort());
  });

  it('makes one operation of 200 hostile URLs that no route fits', async () => {
    const { tracker, url } = await started(kind);
    for (let number = 0; number < 200; number += 1) {
      const response = await fetch(`${url}/x${number}/..%2f/%00<script>/${'a'.repeat(number)}?q=${number}`);
      await response.arrayBuffer();
      expect(response.status).toBe(404);
    }
    const requests = await ended(tracker, 200);
    expect(new Set(requests.map(({ operation, state }) => `${operation} ${state}`))).toEqual(
      new Set(['GET (no route) completed']),
    );
  });

  it('fails with the status of an answer from 500 on, by the name of the route that failed', async () => {
    const { tracker, url } = await started(kind);
    await (await fetch(`${url}/api/boom`)).text();
    const [request] = await ended(tracker, 1);
    expect(request).toMatchObject({
      operation: 'GET /api/boom',
      state: 'failed',
      failure: { reason: 'error', type: '500' },
      attributes: { 'http.response.status_code': 500 },
    });
  });

  it('is cancelled once where the client goes away', async () => {
    const { tracker, url } = await started(kind);
    const asking = httpRequest(`${url}/api/orders/1`, { headers: { 'x-wait': '200' } });
    asking.on('error', () => undefined).end();
    await expect.poll(() => tracker.counts().unfinished).toBe(1);
    asking.destroy();
    const [request] = await ended(tracker, 1);
    expect(request).toMatchObject({ operation: 'GET /api/orders/:id', failure: { reason: 'cancelled' } });
    await sleep(250);
    expect(tracker.counts()).toMatchObject({ completed: 0, failed: 1 });
  });

  it('cancels what waits behind another response on a connection that closes', async () => {
    const { tracker, url } = await started(kind);
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    const ask = 'GET /api/orders/1 HTTP/1.1\r\nHost: a\r\nX-Wait: 200\r\n\r\n';
    socket.write(ask + ask);
    await expect.poll(() => tracker.counts().unfinished).toBe(2);
    socket.destroy();
    const requests = await ended(tracker, 2);
    expect(requests.map(({ failure }) => failure)).toEqual([{ reason: 'cancelled' }, { reason: 'cancelled' }]);
  });

  it('leaves the name that the application gave, and calls unusual methods OTHER', async () => {
    const { tracker, url } = await started(kind);
    await (await fetch(`${url}/named`)).text();
    expect((await ended(tracker, 1))[0]?.operation).toBe('place order');
    if (kind === 'fastify') return; // Fastify refuses methods that it does not know before any hook.
    await (await fetch(`${url}/nothing`, { method: 'PROPFIND' })).text();
    expect((await ended(tracker, 2))[1]?.operation).toBe('OTHER (no route)');
  });

  it('does not track what is to be ignored', async () => {
    const { tracker, url } = await started(kind);
    await (await fetch(`${url}/healthz`)).text();
    await (await fetch(`${url}/named`)).text();
    expect((await ended(tracker, 1))[0]?.operation).toBe('place order');
  });

  it('answers as ever where requests are ended by others', async () => {
    const { tracker, url } = await started(kind);
    const asking = fetch(`${url}/api/orders/1`, { headers: { 'x-wait': '100' } });
    await expect.poll(() => tracker.find().requests.length).toBe(1);
    tracker.cancel(tracker.find().requests[0]?.id ?? '');
    expect((await asking).status).toBe(200);
    expect(tracker.counts()).toMatchObject({ started: 1, completed: 0, failed: 1 });
  });
});

describe('expressRequests', () => {
  it('names parameters of a mount instead of their values', async () => {
    const { tracker, url } = await started('express');
    for (const tenant of ['a', 'b%20c', 'users']) await (await fetch(`${url}/tenants/${tenant}/users/1`)).text();
    const requests = await ended(tracker, 3);
    expect(new Set(requests.map(({ operation }) => operation))).toEqual(new Set(['GET /tenants/:tenant/users/:id']));
  });
});

describe('trackHttp', () => {
  it('fails with what the handler throws, which it throws on', async () => {
    const tracker = new RequestTracker();
    loopback.onClose(() => tracker.stop());
    const handler = trackHttp(tracker, () => {
      throw new RangeError('no');
    });
    const thrown: unknown[] = [];
    const url = await loopback.listen(
      createServer((incoming, response) => {
        try {
          handler(incoming, response);
        } catch (error) {
          thrown.push(error);
          response.writeHead(500).end();
        }
      }),
    );
    expect((await fetch(url)).status).toBe(500);
    expect(thrown).toEqual([new RangeError('no')]);
    const [request] = await ended(tracker, 1);
    expect(request).toMatchObject({ operation: 'GET (no route)', failure: { reason: 'error', type: 'RangeError' } });
  });
});
