import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createTcpServer, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { afterEach, expect, test, vi } from 'vitest';
import { queryTarget } from '../../../../tools/gateway/gatewayTarget.ts';
import { createGateway, identityPath } from '../../../../tools/gateway/server.ts';
import { connected, exchange, listen, portOf } from './support/servers.ts';

// An exception that nobody catches fails the run, as it would end the gateway.
const identity = { context: 'kind-a', namespace: 'tracing', service: 'jaeger-query', basePath: '', revision: 'r1' };
const html = { 'content-type': 'text/html' };
const opened: { close: () => unknown }[] = [];

afterEach(() => {
  for (const server of opened.splice(0)) server.close();
});

async function gatewayTo(connect: () => Promise<Duplex>, idleTimeoutMillis?: number): Promise<Server> {
  const idle = idleTimeoutMillis === undefined ? {} : { idleTimeoutMillis };
  const gateway = await listen(createGateway({ identity, target: queryTarget, connect, ...idle }));
  opened.push(gateway);
  return gateway;
}

/** A gateway before an HTTP server, with the connections that it opened. */
async function gatewayBefore(answer: RequestListener): Promise<{ port: number; tunnels: Socket[] }> {
  const query = await listen(createServer(answer));
  opened.push(query);
  const tunnels: Socket[] = [];
  const gateway = await gatewayTo(async () => {
    const tunnel = await connected(portOf(query));
    tunnels.push(tunnel);
    return tunnel;
  });
  return { port: portOf(gateway), tunnels };
}

/** A gateway before a server that sends these bytes to whatever is asked and breaks off. */
async function gatewayBeforeBytes(bytes: string): Promise<Server> {
  const query = await listen(
    createTcpServer((socket) => {
      socket.on('error', () => undefined).once('data', () => socket.end(bytes));
    }),
  );
  opened.push(query);
  return gatewayTo(() => connected(portOf(query)));
}

async function expectAlive(port: number): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${port}${identityPath}`);
  expect(await response.json()).toEqual(identity);
}

test.each([
  ['//', 400],
  ['//evil.example/x', 400],
  ['http://evil.example/', 400],
])('GET %s is answered %d and the gateway lives on', async (target, status) => {
  const { port } = await gatewayBefore((_incoming, outgoing) => outgoing.end());
  const answer = await exchange(port, `GET ${target} HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n\r\n`);
  expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  await expectAlive(port);
});

test('a query service that breaks off in the middle of a page is a 502 and the gateway lives on', async () => {
  const gateway = await gatewayBeforeBytes(
    'HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 900\r\n\r\n<html>',
  );
  const response = await fetch(`http://127.0.0.1:${portOf(gateway)}/search`);
  expect([response.status, await response.text()]).toEqual([502, 'the query service broke off: aborted\n']);
  await expectAlive(portOf(gateway));
});

test('a query service that breaks off in the middle of data ends that answer only', async () => {
  const gateway = await gatewayBeforeBytes(
    'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 900\r\n\r\n{"data"',
  );
  await expect(fetch(`http://127.0.0.1:${portOf(gateway)}/api/traces`).then((r) => r.text())).rejects.toThrow();
  await expectAlive(portOf(gateway));
});

test.each(['', 'no HTTP at all\r\n\r\n'])('a query service that answers "%s" is a 502', async (bytes) => {
  const gateway = await gatewayBeforeBytes(bytes);
  expect((await fetch(`http://127.0.0.1:${portOf(gateway)}/api/services`)).status).toBe(502);
  await expectAlive(portOf(gateway));
});

test('a connection that fails to open in an odd way is a 502 and the gateway lives on', async () => {
  const gateway = await gatewayTo(() => {
    throw new Error('thrown, not rejected');
  });
  const response = await fetch(`http://127.0.0.1:${portOf(gateway)}/api/services`);
  expect([response.status, await response.text()]).toEqual([502, 'thrown, not rejected\n']);
});

test.each([
  ['in the middle of an answer', { 'content-type': 'application/json' }],
  ['in the middle of a page', html],
])('a client that leaves %s takes the connection to the query service with it', async (_, headers) => {
  const { port, tunnels } = await gatewayBefore((_incoming, outgoing) => {
    outgoing.writeHead(200, headers).write('the answer begins and never ends');
  });
  const client = await connected(port);
  client.write('GET /api/traces HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n');
  await vi.waitFor(() => expect(tunnels[0]?.bytesRead).toBeGreaterThan(0), 10_000);
  client.destroy();
  await vi.waitFor(() => expect(tunnels[0]?.destroyed).toBe(true), 10_000);
  await expectAlive(port);
});

test('a connection that opens after its client has left is closed at once', async () => {
  const { promise, resolve } = Promise.withResolvers<Duplex>();
  const connect = vi.fn(() => promise);
  const port = portOf(await gatewayTo(connect));
  const client = await connected(port);
  client.write('GET /api/traces HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n');
  await vi.waitFor(() => expect(connect).toHaveBeenCalledOnce(), 10_000);
  client.destroy();
  await expectAlive(port);
  const query = await listen(createServer());
  opened.push(query);
  const tunnel = await connected(portOf(query));
  resolve(tunnel);
  await vi.waitFor(() => expect(tunnel.destroyed).toBe(true), 10_000);
});

test('the connection to the query service is closed with the answer', async () => {
  const { port, tunnels } = await gatewayBefore((_incoming, outgoing) => outgoing.end('{}'));
  await (await fetch(`http://127.0.0.1:${port}/api/services`)).text();
  await vi.waitFor(() => expect(tunnels.map(({ destroyed }) => destroyed)).toEqual([true]), 10_000);
});

test('a page of more than 1 MiB is passed through while it comes', async () => {
  const { promise: seen, resolve: sawStart } = Promise.withResolvers<undefined>();
  const { port } = await gatewayBefore((_incoming, outgoing) => {
    outgoing.writeHead(200, html).write('a'.repeat(1024 * 1024 + 1));
    void seen.then(() => outgoing.end('the end'));
  });
  const outgoing = request({ host: '127.0.0.1', port, path: '/static/big' }).end();
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
  sawStart(undefined);
  let length = 0;
  for await (const chunk of response) length += (chunk as Buffer).length;
  expect(length).toBe(1024 * 1024 + 1 + 'the end'.length);
});

test('a body that is posted arrives, and its answer comes back', async () => {
  const { port } = await gatewayBefore((incoming, outgoing) => incoming.pipe(outgoing));
  const response = await fetch(`http://127.0.0.1:${port}/api/archive/abc`, {
    method: 'POST',
    body: 'x'.repeat(300_000),
  });
  expect((await response.text()).length).toBe(300_000);
});

test('an upgrade and a CONNECT are refused and the gateway lives on', async () => {
  const { port, tunnels } = await gatewayBefore((_incoming, outgoing) => outgoing.end());
  const upgrade = 'GET / HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n';
  expect(await exchange(port, upgrade)).toMatch(/^HTTP\/1.1 501 /);
  expect(await exchange(port, 'CONNECT 127.0.0.1:22 HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n')).toMatch(/^HTTP\/1.1 501 /);
  expect(tunnels).toEqual([]);
  await expectAlive(port);
});

test('a page of another origin cannot post through it', async () => {
  const { port, tunnels } = await gatewayBefore((_incoming, outgoing) => outgoing.end());
  const response = await fetch(`http://127.0.0.1:${port}/api/archive/abc`, {
    method: 'POST',
    headers: { origin: 'http://evil.example' },
  });
  expect([response.status, tunnels]).toEqual([403, []]);
});

test('a query service that stays silent is a 504, and its connection is closed', async () => {
  const query = await listen(createServer(() => undefined));
  opened.push(query);
  const tunnel = await connected(portOf(query));
  const gateway = await gatewayTo(() => Promise.resolve(tunnel), 100);
  const response = await fetch(`http://127.0.0.1:${portOf(gateway)}/api/services`);
  expect([response.status, await response.text()]).toEqual([504, 'the query service did not answer within 0.1 s\n']);
  await vi.waitFor(() => expect(tunnel.destroyed).toBe(true), 10_000);
  query.closeAllConnections();
});
