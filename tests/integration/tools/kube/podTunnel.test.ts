import { KubeConfig } from '@kubernetes/client-node';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openPodTunnel, PodTunnelError } from '../../../../tools/kube/podTunnel.ts';

// The API server's side of a port-forward: channel 0 carries bytes, channel 1 errors, each begins with the port's number.
let server: Server;
let accepted: WebSocket[];
let config: KubeConfig;

beforeEach(async () => {
  accepted = [];
  server = createServer();
  const sockets = new WebSocketServer({ server, path: '/api/v1/namespaces/tracing/pods/query/portforward' });
  sockets.on('connection', (socket) => {
    accepted.push(socket);
    for (const channel of [0, 1]) socket.send(Buffer.from([channel, 0x41, 0x2e]));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  config = new KubeConfig();
  config.loadFromClusterAndUser(
    { name: 'a', server: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, skipTLSVerify: true },
    { name: 'a' },
  );
});

afterEach(() => {
  for (const socket of accepted) socket.terminate();
  server.close();
});

const open = (pod = 'query') => openPodTunnel(config, 'tracing', pod, 16686);

test('bytes go both ways', async () => {
  const tunnel = await open();
  accepted[0]?.on('message', (data: Buffer) => accepted[0]?.send(Buffer.concat([Buffer.from([0]), data.subarray(1)])));
  tunnel.write('hello');
  expect(String((await once(tunnel, 'data'))[0])).toBe('hello');
  tunnel.destroy();
});

test('destroying the tunnel closes the connection to the API server', async () => {
  const tunnel = await open();
  tunnel.destroy();
  await vi.waitFor(() => expect(accepted[0]?.readyState).toBe(3), 10_000);
});

test('the other side’s end ends the tunnel, with what was sent before', async () => {
  const tunnel = await open();
  accepted[0]?.send(Buffer.from('\0last words'));
  accepted[0]?.close();
  let text = '';
  for await (const chunk of tunnel) text += String(chunk);
  expect([text, tunnel.destroyed]).toEqual(['last words', true]);
});

test('what the kubelet reports breaks the tunnel off with its words', async () => {
  const tunnel = await open();
  accepted[0]?.send(Buffer.from('\u0001connection refused'));
  const [error] = (await once(tunnel, 'error')) as [Error];
  expect(error).toBeInstanceOf(PodTunnelError);
  expect(error.message).toBe('the port-forward to port 16686 of pod tracing/query failed: connection refused');
  await vi.waitFor(() => expect(accepted[0]?.readyState).toBe(3), 10_000);
});

test('a port-forward that the API server refuses is an error that names the pod', async () => {
  const opening = open('absent');
  await expect(opening).rejects.toThrow(PodTunnelError);
  await expect(opening).rejects.toThrow('port 16686 of pod tracing/absent failed: Unexpected server response: 400');
});
