import { createServer } from 'node:http';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { waitForWayScript } from '../../../infra/jaeger/waitForWay.ts';
import { freeTcpPort } from '../support/freePort.ts';
import { ServersRoot } from '../support/serversRoot.ts';
import type { TestProcess } from '../support/testProcess.ts';

let root: ServersRoot;

beforeAll(async () => {
  root = await ServersRoot.unpack();
});
afterAll(() => root[Symbol.asyncDispose]());

test('it waits while it is refused, and ends at the first answer, whatever that is', async () => {
  const port = await freeTcpPort();
  const wait = startWait(`http://127.0.0.1:${port}`);
  try {
    await sleep(2500);
    expect(wait.hasEnded).toBe(false);
    const server = createServer((_request, response) => response.writeHead(401).end()).listen(port, '127.0.0.1');
    await once(server, 'listening');
    expect((await wait.end()).code).toBe(0);
    server.close();
  } finally {
    await wait.stop('SIGKILL');
  }
});

test('a certificate that nobody trusts is an answer too: it speaks https to a server that does not', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const wait = startWait(`https://127.0.0.1:${typeof address === 'object' ? String(address?.port) : ''}`);
  try {
    expect((await wait.end()).code).toBe(0);
  } finally {
    await wait.stop('SIGKILL');
    server.close();
  }
});

test('where no way comes to be, it gives up in half a minute and leaves the complaint to who comes next', async () => {
  const started = performance.now();
  const wait = startWait(`http://127.0.0.1:${await freeTcpPort()}`);
  try {
    expect((await wait.end()).code).toBe(0);
    expect((performance.now() - started) / 1000).toBeGreaterThan(25);
  } finally {
    await wait.stop('SIGKILL');
  }
});

function startWait(url: string): TestProcess {
  return root.start(['/usr/bin/env', 'PATH=/usr/bin', '/bin/sh', '-c', waitForWayScript, 'wait', url]);
}
