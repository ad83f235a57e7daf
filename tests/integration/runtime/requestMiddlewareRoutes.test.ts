import express, { type NextFunction, type Request, type Response, Router } from 'express';
import Fastify from 'fastify';
import { createServer } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { expressRequests } from '../../../runtime/src/requests/http/expressRequests.ts';
import { fastifyRequests } from '../../../runtime/src/requests/http/fastifyRequests.ts';
import { RequestTracker } from '../../../runtime/src/requests/requestTracker.ts';
import type { RequestTrackerOptions } from '../../../runtime/src/requests/requestTrackerOptions.ts';
import { LoopbackServers } from '../support/loopbackServers.ts';

const loopback = new LoopbackServers();

let asking = new AbortController();

afterEach(async () => {
  // A server waits for what hangs.
  asking.abort();
  asking = new AbortController();
  await loopback.close();
});

const failing = (): never => {
  throw new TypeError('boom');
};

/** Every server has `/hang/:id`, which nothing answers, `/boom/:id`, which throws, and routes that answer. */
const servers = {
  async express(tracker: RequestTracker): Promise<string> {
    const app = express();
    app.use(expressRequests(tracker, { attributes: ({ url }) => ({ kind: url.startsWith('/boom') }) }));
    app.use('/stopped', () => undefined);
    app.get('/hang/:id', () => undefined);
    app.get('/boom/:id', failing);
    app.all('/first/:id', (_request, _response, next) => next());
    app.get('/first/second', (_request, response) => void response.end());
    app.use((error: Error, _request: Request, response: Response, next: NextFunction) => {
      if (response.headersSent) return next(error);
      response.status(503);
      tracker.current()?.fail({ error });
      response.end();
    });
    return loopback.listen(createServer(app));
  },
  async fastify(tracker: RequestTracker): Promise<string> {
    const app = Fastify();
    await app.register(fastifyRequests(tracker, { attributes: ({ raw }) => ({ kind: raw.url?.startsWith('/boom') }) }));
    app.get('/hang/:id', () => new Promise(() => undefined));
    app.get('/boom/:id', failing);
    app.setErrorHandler((error, _request, reply) => {
      reply.raw.statusCode = 503;
      tracker.current()?.fail({ error });
      return reply.status(503).send();
    });
    await app.ready();
    loopback.onClose(() => app.close());
    return loopback.listen(app.server);
  },
};

async function started(kind: keyof typeof servers, options: RequestTrackerOptions = {}) {
  const tracker = new RequestTracker(options);
  loopback.onClose(() => tracker.stop());
  return { tracker, url: await servers[kind](tracker) };
}

/** Asks, and waits for what never comes until the end of the test. */
async function hang({ tracker, url }: { readonly tracker: RequestTracker; readonly url: string }): Promise<void> {
  const before = tracker.counts().started;
  void fetch(url, { signal: asking.signal }).catch(() => undefined);
  await expect.poll(() => tracker.counts().started).toBe(before + 1);
}

describe.each(['express', 'fastify'] as const)('the middleware of %s', (kind) => {
  it('knows the route of a request while it is being processed', async () => {
    const { tracker, url } = await started(kind, { stuckAfterMillis: 1 });
    await hang({ tracker, url: `${url}/hang/1` });
    await expect.poll(() => tracker.stuck().map(({ operation }) => operation)).toEqual(['GET /hang/:id']);
    expect(tracker.find({ operation: 'GET /hang/:id' }).requests).toHaveLength(1);
  });

  it('tells of a request that the application ends all that is known then', async () => {
    const { tracker, url } = await started(kind);
    expect((await fetch(`${url}/boom/1`)).status).toBe(503);
    expect(tracker.find().requests).toMatchObject([
      {
        operation: 'GET /boom/:id',
        failure: { reason: 'error', type: 'TypeError' },
        attributes: { 'http.response.status_code': 503, kind: true },
      },
    ]);
    expect(tracker.counts()).toMatchObject({ started: 1, unfinished: 0, completed: 0, failed: 1 });
  });
});

describe('expressRequests', () => {
  it('shows the method of what hangs before any route is chosen', async () => {
    const { tracker, url } = await started('express', { stuckAfterMillis: 1 });
    await hang({ tracker, url: `${url}/stopped/1` });
    await expect.poll(() => tracker.stuck().map(({ operation }) => operation)).toEqual(['GET (no route)']);
  });

  it('names a request by the route that was chosen last', async () => {
    const { tracker, url } = await started('express');
    await (await fetch(`${url}/first/second`)).text();
    expect(tracker.find().requests[0]?.operation).toBe('GET /first/second');
  });

  it('takes no series of an operation for requests before their routes are known', async () => {
    const { tracker, url } = await started('express', { maxOperations: 2 });
    for (const method of ['POST', 'PUT', 'DELETE']) await (await fetch(`${url}/none`, { method })).text();
    for (const path of ['/boom/1', '/first/second']) await (await fetch(url + path)).text();
    const names = tracker.readFinished().requests.map(({ operation }) => operation);
    expect(names.slice(0, 4)).toEqual(['POST (no route)', 'PUT (no route)', 'DELETE (no route)', 'GET /boom/:id']);
  });

  it.each([
    ['at a parameter', '/w/:user', ['/w/alice', '/w/bob'], {}, '/*'],
    ['at a regular expression', /^\/re-\d+/, ['/re-1', '/re-2'], {}, '/*'],
    ['at a text', '/api', ['/api', '/API'], {}, '/*'],
    ['where the option says', '/w/:user', ['/w/alice', '/w/bob'], { mountedAt: '/w/:user/' }, '/w/:user'],
    ['at nothing but the root', '/', ['', ''], {}, ''],
  ])('shows no text of the URL in a router that is mounted %s', async (_, mount, prefixes, options, expected) => {
    for (const mergeParams of [false, true]) {
      const tracker = new RequestTracker();
      loopback.onClose(() => tracker.stop());
      const router = Router({ mergeParams });
      router.use(expressRequests(tracker, options));
      const inner = Router();
      inner.get('/o/:id', (_request, response) => void response.end());
      router.use('/in/:side', inner);
      const url = await loopback.listen(createServer(express().use(mount, router)));
      for (const prefix of prefixes) await (await fetch(`${url}${prefix}/in/left/o/1`)).text();
      await expect.poll(() => tracker.counts().completed).toBe(2);
      const operations = tracker.readFinished().requests.map(({ operation }) => operation);
      expect(new Set(operations)).toEqual(new Set([`GET ${expected}/in/:side/o/:id`]));
    }
  });
});
