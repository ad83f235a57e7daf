import express, { Router } from 'express';
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import { LoopbackServers } from '../support/loopbackServers.ts';
import { expressRequests } from '../../../runtime/src/requests/http/expressRequests.ts';
import { trackHttp } from '../../../runtime/src/requests/http/trackHttp.ts';
import { RequestTracker } from '../../../runtime/src/requests/requestTracker.ts';

const loopback = new LoopbackServers();

afterEach(() => loopback.close());
async function operationsOf(use: (app: express.Express) => void, paths: readonly string[]) {
  const tracker = new RequestTracker();
  loopback.onClose(() => tracker.stop());
  const app = express();
  app.use(expressRequests(tracker));
  use(app);
  const url = await loopback.listen(createServer(app));
  for (const path of paths) await (await fetch(url + path)).text();
  await expect.poll(() => tracker.counts().unfinished).toBe(0);
  return [...new Set(tracker.readFinished({ limit: 1000 }).requests.map(({ operation }) => operation))].sort();
}
function orders() {
  const router = Router();
  router.get('/orders/:id', (_request, response) => void response.end());
  return router;
}

it('expressRequests makes one operation of a mount, however it is spelt in 1,000 requests', async () => {
  const letter = (index: number, position: number): string => {
    const small = 'application'.charAt(position);
    return (index >> position) % 2 === 1 ? small.toUpperCase() : small;
  };
  const spelling = (index: number): string =>
    Array.from('application', (_, position) => letter(index, position)).join('');
  const spellings = Array.from({ length: 1000 }, (_, index) => `/${spelling(index)}`);
  expect(
    await operationsOf(
      (app) => void app.use('/application', orders()),
      spellings.map((path) => `${path}/orders/1`),
    ),
  ).toEqual(['GET /application/orders/:id']);
});
it('expressRequests shows no values of a parameter that is part of a segment of a mount', async () => {
  expect(
    await operationsOf((app) => void app.use('/files-:id', orders()), ['/files-11/orders/1', '/files-12/orders/1']),
  ).toEqual(['GET /files-:id/orders/:id']);
});
it('expressRequests shows no text that a mount by a regular expression took', async () => {
  expect(await operationsOf((app) => void app.use(/^\/u\d+/, orders()), ['/u11/orders/1', '/u12/orders/1'])).toEqual([
    'GET /^\\/u\\d+//orders/:id',
  ]);
});
it('expressRequests names a mount by its own parameters, not by those of an earlier middleware', async () => {
  expect(
    await operationsOf(
      (app) => {
        app.use('/:section', (_request, _response, next) => next());
        app.use('/api', orders());
        app.use('/admin', orders());
      },
      ['/api/orders/1', '/admin/orders/1'],
    ),
  ).toEqual(['GET /admin/orders/:id', 'GET /api/orders/:id']);
});
it('expressRequests keeps a static segment that reads like a value of a parameter', async () => {
  expect(
    await operationsOf((app) => void app.use('/api/:tenant', orders()), ['/api/api/orders/1', '/api/x/orders/1']),
  ).toEqual(['GET /api/:tenant/orders/:id']);
});
it('expressRequests has no route for what no route in a mount fits', async () => {
  expect(await operationsOf((app) => void app.use('/api', orders()), ['/api/none', '/api/none2/x'])).toEqual([
    'GET (no route)',
  ]);
});
it('expressRequests has no route for files of a directory', async () => {
  expect(
    await operationsOf(
      (app) => void app.use('/s', express.static(import.meta.dirname)),
      ['/s/signals.test.ts', '/s/zz'],
    ),
  ).toEqual(['GET (no route)']);
});
it('expressRequests makes one operation of what a route passes on to a 404', async () => {
  expect(
    await operationsOf(
      (app) => void app.get('/pages/:name', (_request, _response, next) => next()),
      ['/pages/a', '/pages/b'],
    ),
  ).toEqual(['GET /pages/:name']);
});

it('trackHttp leaves a rejection that nobody handles unhandled, as it is without', async () => {
  const tracker = new RequestTracker();
  loopback.onClose(() => tracker.stop());
  const unhandled: unknown[] = [];
  const before = process.listeners('unhandledRejection');
  process.removeAllListeners('unhandledRejection').on('unhandledRejection', (error) => void unhandled.push(error));
  const work = async (_incoming: IncomingMessage, response: ServerResponse) => {
    response.end();
    await Promise.resolve();
    throw new Error('lost');
  };
  const bare = await loopback.listen(createServer((incoming, response) => void work(incoming, response)));
  await (await fetch(bare)).text();
  await sleep(20);
  const bareCount = unhandled.length;
  const tracked = await loopback.listen(
    createServer(trackHttp(tracker, (incoming, response) => work(incoming, response))),
  );
  await (await fetch(tracked)).text();
  await sleep(20);
  process.removeAllListeners('unhandledRejection');
  for (const listener of before) process.on('unhandledRejection', listener);
  expect([bareCount, unhandled.length - bareCount]).toEqual([1, 1]);
});
it('trackHttp completes a HEAD request', async () => {
  const tracker = new RequestTracker();
  loopback.onClose(() => tracker.stop());
  const url = await loopback.listen(
    createServer(
      trackHttp(tracker, async (_incoming, response) => {
        await sleep(5);
        response.end('x');
      }),
    ),
  );
  await (await fetch(url, { method: 'HEAD' })).text();
  await expect.poll(() => tracker.counts().completed).toBe(1);
});
it('trackHttp completes each of three pipelined requests once, each in a context of its own', async () => {
  const tracker = new RequestTracker();
  loopback.onClose(() => tracker.stop());
  const seen: unknown[] = [];
  const url = await loopback.listen(
    createServer(
      trackHttp(tracker, (incoming, response) => {
        const id = tracker.current()?.id;
        incoming.resume().on('end', () => seen.push(tracker.current()?.id === id));
        setTimeout(
          () => {
            seen.push(tracker.current()?.id === id);
            response.end('ok');
          },
          incoming.url === '/1' ? 40 : 5,
        );
      }),
    ),
  );
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  let text = '';
  socket.on('data', (chunk) => void (text += String(chunk)));
  socket.write(['/1', '/2', '/3'].map((path) => `GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`).join(''));
  await expect.poll(() => text.match(/200 OK/g)?.length).toBe(3);
  await expect.poll(() => tracker.counts().completed).toBe(3);
  socket.destroy();
  await sleep(20);
  expect(tracker.counts()).toMatchObject({ started: 3, completed: 3, failed: 0 });
  expect(seen).toEqual([true, true, true, true, true, true]);
});
it('trackHttp leaves an upgrade to its listener', async () => {
  const tracker = new RequestTracker();
  loopback.onClose(() => tracker.stop());
  const server = createServer(trackHttp(tracker, (_incoming, response) => void response.end()));
  server.on(
    'upgrade',
    (_incoming, socket) =>
      void socket.end('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n'),
  );
  const url = await loopback.listen(server);
  const status = await new Promise((resolve) => {
    const asking = httpRequest(url, { headers: { connection: 'Upgrade', upgrade: 'x' } });
    asking
      .on('upgrade', (response) => resolve(response.statusCode))
      .on('error', resolve)
      .end();
  });
  expect(status).toBe(101);
  expect(tracker.counts().started).toBe(0);
});
it('trackHttp cancels a request whose response the server itself destroys', async () => {
  const tracker = new RequestTracker();
  loopback.onClose(() => tracker.stop());
  const url = await loopback.listen(createServer(trackHttp(tracker, (_incoming, response) => void response.destroy())));
  await fetch(url).catch(() => undefined);
  await expect.poll(() => tracker.counts().failed).toBe(1);
  expect(tracker.find().requests[0]?.failure).toEqual({ reason: 'cancelled' });
});
it('trackHttp knows the route while the request is being processed', async () => {
  const tracker = new RequestTracker();
  loopback.onClose(() => tracker.stop());
  const seen: unknown[] = [];
  const url = await loopback.listen(
    createServer(
      trackHttp(
        tracker,
        (_incoming, response) => {
          seen.push(tracker.current()?.operation);
          response.end();
        },
        { route: () => '/orders/:id' },
      ),
    ),
  );
  await (await fetch(url)).text();
  expect(seen).toEqual(['GET /orders/:id']);
});

it('trackHttp asks for attributes at the end, of request and response, and ends the request where that throws', async () => {
  const tracker = new RequestTracker();
  loopback.onClose(() => tracker.stop());
  const url = await loopback.listen(
    createServer(
      trackHttp(tracker, (_incoming, response) => void response.setHeader('x-cache', 'hit').end(), {
        attributes: ({ url: path }, response) => {
          if (path === '/boom') throw new Error('a hook');
          return { cache: response.getHeader('x-cache') };
        },
      }),
    ),
  );
  for (const path of ['/', '/boom']) await (await fetch(url + path)).text();
  await expect.poll(() => tracker.counts().completed).toBe(2);
  expect(tracker.readFinished().requests.map(({ attributes }) => attributes)).toEqual([
    { 'http.response.status_code': 200, cache: 'hit' },
    { 'http.response.status_code': 200 },
  ]);
});
