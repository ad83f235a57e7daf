import express from 'express';
import fastify from 'fastify';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { Dashboard } from '../../../../../runtime/src/dashboard/dashboard.ts';
import { ask, loggedIn, openStream, pageOfTest, type PageOfTest, TOKEN } from './askedPage.ts';

const MOUNT = '/ops/tracewright';
const JSON_TYPE = { 'content-type': 'application/json' };

const closing: (() => PromiseLike<unknown>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

function page(): PageOfTest {
  const made = pageOfTest();
  closing.push(() => made[Symbol.asyncDispose]());
  return made;
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  closing.push(
    () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  );
  return (server.address() as AddressInfo).port;
}

/** Express 5 as applications have it: bodies are read before anything else. */
function inExpress({ handler }: Dashboard, hasParser: boolean): Promise<number> {
  const app = express();
  if (hasParser) app.use(express.json());
  app.use(MOUNT, handler);
  app.use((_request, response) => {
    response.status(418).end();
  });
  return listening(createServer(app));
}

async function inFastify({ fastify: plugin }: Dashboard): Promise<number> {
  const app = fastify();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  await app.register(plugin, { prefix: MOUNT });
  app.get('/', () => 'application');
  await app.listen({ port: 0, host: '127.0.0.1' });
  closing.push(() => app.close());
  return (app.server.address() as AddressInfo).port;
}

const HOSTS: readonly (readonly [string, (dashboard: Dashboard) => Promise<number>])[] = [
  ['Express', (dashboard) => inExpress(dashboard, false)],
  ['Express behind a parser of bodies', (dashboard) => inExpress(dashboard, true)],
  ['Fastify', inFastify],
];

describe.each(HOSTS)('a page that is mounted in %s', (_name, mount) => {
  it('has its address end with a slash, seen from wherever the proxy puts it', async () => {
    const port = await mount(page().dashboard);
    const { status, headers } = await ask(port, MOUNT);
    expect([status, headers.location]).toEqual([308, 'tracewright/']);
    expect((await ask(port, `${MOUNT}/`)).status).toBeOneOf([200, 503]);
    expect((await ask(port, `${MOUNT}/?x=1`)).status).toBeOneOf([200, 503]);
  });

  it('gives sessions for its path, by which one looks and acts', async () => {
    const { dashboard, observability, errors } = page();
    const groupId = observability.errors?.capture(new Error('the till is closed'))?.groupId ?? '';
    const port = await mount(dashboard);
    const { headers } = await ask(port, `${MOUNT}/api/v1/session`, {
      method: 'POST',
      headers: JSON_TYPE,
      body: JSON.stringify({ token: TOKEN, name: 'Ada' }),
    });
    expect(headers['set-cookie']?.[0]).toContain(`; Path=${MOUNT}/; `);
    const cookie = headers['set-cookie']?.[0]?.split(';')[0] ?? '';
    const looked = await ask(port, `${MOUNT}/api/v1/requests?limit=5`, { headers: { cookie } });
    expect([looked.status, looked.headers['content-type']]).toEqual([200, 'application/json']);
    const acted = await ask(port, `${MOUNT}/api/v1/errors/${groupId}/resolve`, {
      method: 'POST',
      headers: { ...JSON_TYPE, cookie },
      body: JSON.stringify({ note: 'closed on Sundays' }),
    });
    expect([acted.status, JSON.parse(acted.text)]).toMatchObject([200, { output: { by: 'Ada' } }]);
    expect((await ask(port, `${MOUNT}/api/v1/session`, { method: 'DELETE', headers: { cookie } })).status).toBe(204);
    expect(errors).toEqual([]);
  });

  it('answers for what is wrong by itself', async () => {
    const port = await mount(page().dashboard);
    const path = `${MOUNT}/api/v1/session`;
    const answers = [
      await ask(port, path, { method: 'PUT', headers: JSON_TYPE, body: '{}' }),
      await ask(port, `${MOUNT}/api/v1/nothing`),
      await ask(port, path, { method: 'POST', headers: { 'content-type': 'text/plain' }, body: 'x' }),
      await ask(port, path, { method: 'POST', headers: { ...JSON_TYPE, origin: 'http://evil.example' }, body: '{}' }),
      await ask(port, `${MOUNT}/api/v1/accounting`),
    ];
    expect(answers.map(({ status }) => status)).toEqual([405, 404, 415, 403, 401]);
    for (const { headers } of answers) {
      expect(headers['content-type']).toBe('application/problem+json');
      expect(headers['content-security-policy']).toContain("default-src 'none'");
    }
  });

  it('leaves what is beside it to the application', async () => {
    const port = await mount(page().dashboard);
    expect((await ask(port, `${MOUNT}s/`)).status).toBeOneOf([404, 418]);
    expect((await ask(port, '/')).text).toBeOneOf(['', 'application']);
  });

  it('streams, and ends its streams and answers 503 when it is stopped, while the application goes on', async () => {
    const { dashboard } = page();
    const port = await mount(dashboard);
    const { status, socket } = await openStream(port, { path: `${MOUNT}/api/v1/live` });
    expect(status).toBe(200);
    const cut = new Promise((resolve) => socket.once('close', resolve));
    await dashboard.stop();
    await cut;
    const cookie = await loggedIn(port, MOUNT);
    expect(cookie).toEqual({ cookie: '' });
    expect((await ask(port, `${MOUNT}/`)).status).toBe(503);
    expect((await openStream(port, { path: `${MOUNT}/api/v1/live` })).status).toBe(503);
    expect((await ask(port, '/')).status).toBeOneOf([200, 418]);
  });
});

describe('a page that is the handler of a server', () => {
  it('has no mount', async () => {
    const port = await listening(createServer(page().dashboard.handler));
    expect((await ask(port, '/')).status).toBeOneOf([200, 503]);
    const headers = await loggedIn(port);
    expect((await ask(port, '/api/v1/accounting', { headers })).status).toBe(200);
  });
});
