import { once } from 'node:events';
import { createServer, request, type Server, type ServerResponse } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pageTarget, queryTarget } from '../../../../tools/gateway/gatewayTarget.ts';
import { createGateway, identityPath } from '../../../../tools/gateway/server.ts';
import { standInMark } from '../../../../tools/gateway/standIn.ts';
import { connected, listen, portOf } from './support/servers.ts';

const placeholder = '<html><body>This is a placeholder for Jaeger UI home page.</body></html>';
const identity = { context: 'kind-a', namespace: 'tracing', service: 'jaeger-query', basePath: '', revision: 'r1' };
let page = placeholder;
let query: Server;
let gateway: Server;

beforeAll(async () => {
  query = await listen(createServer((incoming, outgoing) => answerAsQuery(incoming.url ?? '', outgoing)));
  gateway = await listen(createGateway({ identity, target: queryTarget, connect: () => connected(portOf(query)) }));
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
  const lost = await listen(
    createGateway({ identity, target: queryTarget, connect: () => Promise.reject(new Error('no pod is ready')) }),
  );
  const response = await fetch(`http://127.0.0.1:${portOf(lost)}/api/services`);
  lost.close();
  expect([response.status, await response.text()]).toEqual([502, 'no pod is ready\n']);
});

test('where the query service serves under a path, the root leads to it', async () => {
  const under = await listen(
    createGateway({
      identity: { ...identity, basePath: '/traces' },
      target: queryTarget,
      connect: () => connected(portOf(query)),
    }),
  );
  const response = await fetch(`http://127.0.0.1:${portOf(under)}/`, { redirect: 'manual' });
  under.close();
  expect([response.status, response.headers.get('location')]).toEqual([302, '/traces']);
  expect((await fetch(`${url()}/`)).status).toBe(200);
});

test('the page of an application comes through as it is, with the name it was asked by; its own methods are passed on', async () => {
  const asked: (string | undefined)[] = [];
  const application = await listen(
    createServer((incoming, outgoing) => {
      asked.push(incoming.method, incoming.headers.host);
      outgoing.writeHead(200, { 'content-type': 'text/html', 'set-cookie': ['a=1', 'b=2'] }).end(placeholder);
    }),
  );
  const connect = () => connected(portOf(application));
  const front = await listen(createGateway({ identity, target: pageTarget, connect }));
  const response = await fetch(`http://127.0.0.1:${portOf(front)}/api/v1/session`, { method: 'DELETE' });
  const put = await fetch(`http://127.0.0.1:${portOf(front)}/`, { method: 'PUT' });
  expect(asked).toEqual(['DELETE', `127.0.0.1:${portOf(front)}`]);
  front.close();
  application.close();
  expect(await response.text()).toBe(placeholder);
  expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  expect([put.status, put.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS, POST, DELETE']);
});

test('what an application sends bit by bit arrives bit by bit', async () => {
  const application = await listen(
    createServer((_incoming, outgoing) => {
      outgoing.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: first\n\n');
    }),
  );
  const connect = () => connected(portOf(application));
  const front = await listen(createGateway({ identity, target: pageTarget, connect }));
  const response = await fetch(`http://127.0.0.1:${portOf(front)}/api/v1/live`);
  const reader = response.body?.getReader();
  const first = (await reader?.read())?.value as Uint8Array;
  expect(new TextDecoder().decode(first)).toBe('data: first\n\n');
  await reader?.cancel();
  front.closeAllConnections();
  front.close();
  application.close();
});

function answerAsQuery(path: string, outgoing: ServerResponse): void {
  if (!path.startsWith('/api/')) return void outgoing.writeHead(200, { 'content-type': 'text/html' }).end(page);
  outgoing.writeHead(404, { 'content-type': 'application/json' }).end(JSON.stringify({ asked: path }));
}

function url(): string {
  return `http://127.0.0.1:${portOf(gateway)}`;
}
