import { once } from 'node:events';
import { createServer, request, type Server, type ServerResponse } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createGateway, identityPath } from '../../../../tools/gateway/server.ts';
import { standInMark } from '../../../../tools/gateway/standIn.ts';
import { connected, listen, portOf } from './support/servers.ts';

const placeholder = '<html><body>This is a placeholder for Jaeger UI home page.</body></html>';
const identity = { context: 'kind-a', namespace: 'tracing', basePath: '', revision: 'r1' };
let page = placeholder;
let query: Server;
let gateway: Server;

beforeAll(async () => {
  query = await listen(createServer((incoming, outgoing) => answerAsQuery(incoming.url ?? '', outgoing)));
  gateway = await listen(createGateway({ identity, connect: () => connected(portOf(query)) }));
});
afterAll(() => {
  query.close();
  gateway.close();
});

test('an API request is passed on with its answer unchanged', async () => {
  const response = await fetch(`${url()}/api/traces/abc?limit=1`);
  expect(response.status).toBe(404);
  expect(await response.json()).toEqual({ asked: '/api/traces/abc?limit=1' });
});

test('a query image without the UI is given the trace page, under a policy that allows our own script only', async () => {
  page = placeholder;
  const response = await fetch(`${url()}/trace/abc`);
  expect(await response.text()).toContain(standInMark);
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'");
});

test("a query image with the UI keeps Jaeger's own page", async () => {
  page = '<html>Jaeger UI</html>';
  expect(await (await fetch(`${url()}/trace/abc`)).text()).toBe('<html>Jaeger UI</html>');
});

test("the trace page's own files are served", async () => {
  for (const file of [standInMark, '/.tracewright/page.css']) expect((await fetch(url() + file)).status).toBe(200);
});

test('the gateway says which deployment it serves', async () => {
  expect(await (await fetch(url() + identityPath)).json()).toEqual(identity);
});

test('a request under a name that is not loopback is refused, so that DNS cannot be turned against it', async () => {
  const outgoing = request({
    port: portOf(gateway),
    host: '127.0.0.1',
    path: '/api/services',
    headers: { host: 'evil.example:16686' },
  });
  outgoing.end();
  const [response] = (await once(outgoing, 'response')) as [{ statusCode?: number; resume: () => void }];
  response.resume();
  expect(response.statusCode).toBe(403);
});

test('a query service that cannot be reached is a clear 502', async () => {
  const lost = await listen(createGateway({ identity, connect: () => Promise.reject(new Error('no pod is ready')) }));
  const response = await fetch(`http://127.0.0.1:${portOf(lost)}/api/services`);
  lost.close();
  expect([response.status, await response.text()]).toEqual([502, 'no pod is ready\n']);
});

test('where the query service serves under a path, the root leads to it', async () => {
  const under = await listen(
    createGateway({ identity: { ...identity, basePath: '/traces' }, connect: () => connected(portOf(query)) }),
  );
  const response = await fetch(`http://127.0.0.1:${portOf(under)}/`, { redirect: 'manual' });
  under.close();
  expect([response.status, response.headers.get('location')]).toEqual([302, '/traces']);
  expect((await fetch(`${url()}/`)).status).toBe(200);
});

function answerAsQuery(path: string, outgoing: ServerResponse): void {
  if (!path.startsWith('/api/')) return void outgoing.writeHead(200, { 'content-type': 'text/html' }).end(page);
  outgoing.writeHead(404, { 'content-type': 'application/json' }).end(JSON.stringify({ asked: path }));
}

function url(): string {
  return `http://127.0.0.1:${portOf(gateway)}`;
}
