import { KubeConfig } from '@kubernetes/client-node';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { afterEach, expect, it } from 'vitest';
import { parseStackConfig } from '../../../../../../infra/schema/parseStackConfig.ts';
import {
  connectAddress,
  loginHeaders,
  openStorage,
} from '../../../../../../tools/validate/checks/storage/storageClient.ts';
import { storageHealthy } from '../../../../../../tools/validate/checks/storage/storageHealthy.ts';
import type { CheckContext } from '../../../../../../tools/validate/check.ts';
import type { Finding } from '../../../../../../tools/validate/finding.ts';
import { fakeDeployment } from '../../support/fakeDeployment.ts';

let server: Server | undefined;
afterEach(() => server?.close());

/** What is found of a storage outside the cluster that gives this answer. */
async function examine(status: number, body = '{}'): Promise<readonly Finding[]> {
  return storageHealthy.run(await storageOf(status, body));
}

/** A storage outside the cluster that gives this answer at the last of its addresses. */
async function storageOf(status: number, body = '{}', before: readonly string[] = []): Promise<CheckContext> {
  server = createServer((_, response) => response.writeHead(status).end(body)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}`;
  const config = parseStackConfig(
    {
      'kubernetes:enableConfigMapMutable': 'true',
      'kubernetes:enableSecretMutable': 'true',
      'tracewright:storage': { kind: 'external', urls: [...before, url] },
    },
    'dev',
  );
  const query = { metadata: { labels: { 'app.kubernetes.io/name': 'jaeger-query' } } };
  const kube = new KubeConfig();
  // Nothing is asked there: this query pod has no volume with a password.
  kube.loadFromClusterAndUser({ name: 'none', server: 'http://127.0.0.1:1', skipTLSVerify: false }, { name: 'nobody' });
  const deployment = fakeDeployment({
    config: () => Promise.resolve(config),
    kube: () => Promise.resolve(kube),
    pods: () => Promise.resolve([query]),
  });
  return { deployment, signal: new AbortController().signal };
}

it('names a storage that refuses the user and password of Jaeger', async () => {
  expect(await examine(401)).toMatchObject([{ outcome: 'failed', found: 'it refuses them (401)' }]);
});

it('judges one that takes them by its health', async () => {
  const health = { status: 'green', number_of_nodes: 1, unassigned_shards: 0, number_of_pending_tasks: 0 };
  expect(await examine(200, JSON.stringify(health))).toMatchObject([{ outcome: 'ok' }]);
});

it('cannot judge one that lets Jaeger not see its health', async () => {
  expect(await examine(403)).toMatchObject([{ outcome: 'unchecked' }]);
});

it('shows the password without line ends at its end, as Jaeger does', () => {
  expect(loginHeaders('jaeger', 'a\nb\r\n')).toEqual({
    authorization: `Basic ${Buffer.from('jaeger:a\nb').toString('base64')}`,
  });
  expect(loginHeaders('jaeger', undefined)).toEqual({});
});

const nobody = 'http://127.0.0.1:1';

it('judges each address, and tells one that nobody answers at', async () => {
  const health = { status: 'green', number_of_nodes: 1, unassigned_shards: 0, number_of_pending_tasks: 0 };
  expect(await storageHealthy.run(await storageOf(200, JSON.stringify(health), [nobody]))).toMatchObject([
    { outcome: 'unchecked', subject: `storage ${nobody}` },
    { outcome: 'ok' },
  ]);
});

it('asks the first address that answers, and tells of the first where none does', async () => {
  const found = await openStorage(await storageOf(200, '{}', [nobody]));
  expect(found.name).not.toBe(`storage ${nobody}`);
  const silent = await storageOf(200, '{}', [nobody]);
  server?.close();
  expect((await openStorage(silent)).name).toBe(`storage ${nobody}`);
});

it('passes over an address behind which nobody serves', async () => {
  const proxy = createServer((_, response) => response.writeHead(502).end()).listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const address = proxy.address();
  const broken = `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}`;
  try {
    expect((await openStorage(await storageOf(200, '{}', [broken]))).name).not.toBe(`storage ${broken}`);
  } finally {
    proxy.close();
  }
});

it('limits how long a connection takes, and not how long an answer does', async () => {
  server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const socket = await connectAddress('127.0.0.1', typeof address === 'object' ? (address?.port ?? 0) : 0);
  const { timeout } = socket;
  socket.destroy();
  expect(timeout).toBe(0);
});
