import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import { findFreeLoopbackPort, findListener, isLoopbackPortFree } from '../../../../tools/process/loopbackPort.ts';

it('finds out that a port is taken and by whom', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  expect(await isLoopbackPortFree(port)).toBe(false);
  expect(findListener(port)).toContain(`(pid ${process.pid})`);
  server.close();
  await once(server, 'close');
  expect(await isLoopbackPortFree(port)).toBe(true);
  expect(findListener(port)).toBeUndefined();
});

it('finds a port that is free', async () => {
  expect(await isLoopbackPortFree(await findFreeLoopbackPort())).toBe(true);
});
