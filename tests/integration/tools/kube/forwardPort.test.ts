import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { duplexPair, type Duplex } from 'node:stream';
import { expect, test, vi } from 'vitest';
import { forwardConnections } from '../../../../tools/kube/forwardPort.ts';

/** A tunnel whose other side gives back what it is sent. */
function echo(): Duplex {
  const [near, far] = duplexPair();
  far.pipe(far);
  far.on('error', () => undefined);
  return near;
}

async function connected(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1').on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

test('bytes go both ways through a tunnel of their own', async () => {
  await using forwarded = await forwardConnections(() => Promise.resolve(echo()));
  const socket = await connected(forwarded.port);
  socket.end('hello');
  expect(String((await once(socket, 'data'))[0])).toBe('hello');
  await once(socket, 'close');
});

test('a tunnel is closed when its client breaks off', async () => {
  const tunnel = echo();
  await using forwarded = await forwardConnections(() => Promise.resolve(tunnel));
  const socket = await connected(forwarded.port);
  socket.write('hello');
  await once(socket, 'data');
  socket.resetAndDestroy();
  await vi.waitFor(() => expect(tunnel.destroyed).toBe(true), 10_000);
});

test('a client is disconnected when its tunnel breaks off or cannot be opened', async () => {
  const tunnel = echo();
  await using broken = await forwardConnections(() => Promise.resolve(tunnel));
  const socket = await connected(broken.port);
  socket.write('hello');
  await once(socket, 'data');
  tunnel.destroy(new Error('gone'));
  await once(socket, 'close');
  await using closed = await forwardConnections(() => Promise.reject(new Error('no pod is ready')));
  await once(await connected(closed.port), 'close');
});

test('a tunnel that opens after its client has left is closed at once', async () => {
  const { promise, resolve } = Promise.withResolvers<Duplex>();
  const openTunnel = vi.fn(() => promise);
  await using forwarded = await forwardConnections(openTunnel);
  const socket = await connected(forwarded.port);
  await vi.waitFor(() => expect(openTunnel).toHaveBeenCalledOnce(), 10_000);
  socket.resetAndDestroy();
  await new Promise((done) => setTimeout(done, 50));
  const tunnel = echo();
  resolve(tunnel);
  await vi.waitFor(() => expect(tunnel.destroyed).toBe(true), 10_000);
});

test('disposal ends clients and tunnels, also one that is still being opened', async () => {
  const { promise, resolve } = Promise.withResolvers<Duplex>();
  const tunnels = [echo(), echo()];
  const [first, late] = tunnels;
  const openTunnel = vi.fn<() => Promise<Duplex>>(() => promise).mockResolvedValueOnce(first ?? echo());
  const forwarded = await forwardConnections(openTunnel);
  const sockets = [await connected(forwarded.port), await connected(forwarded.port)];
  await vi.waitFor(() => expect(openTunnel).toHaveBeenCalledTimes(2), 10_000);
  await forwarded[Symbol.asyncDispose]();
  resolve(late ?? echo());
  await vi.waitFor(() => {
    expect(tunnels.map(({ destroyed }) => destroyed)).toEqual([true, true]);
    expect(sockets.map(({ readyState }) => readyState)).toEqual(['closed', 'closed']);
  });
});
