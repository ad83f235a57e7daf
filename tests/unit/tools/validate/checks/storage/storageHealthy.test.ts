import { KubeConfig } from '@kubernetes/client-node';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { afterEach, expect, it } from 'vitest';
import { parseStackConfig } from '../../../../../../infra/schema/parseStackConfig.ts';
import { loginHeaders } from '../../../../../../tools/validate/checks/storage/storageClient.ts';
import { storageHealthy } from '../../../../../../tools/validate/checks/storage/storageHealthy.ts';
import type { Finding } from '../../../../../../tools/validate/finding.ts';
import { fakeDeployment } from '../../support/fakeDeployment.ts';

let server: Server | undefined;
afterEach(() => server?.close());

/** What is found of a storage outside the cluster that gives this answer. */
async function examine(status: number, body = '{}'): Promise<readonly Finding[]> {
  server = createServer((_, response) => response.writeHead(status).end(body)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}`;
  const config = parseStackConfig(
    {
      'kubernetes:enableConfigMapMutable': 'true',
      'kubernetes:enableSecretMutable': 'true',
      'tracewright:storage': { kind: 'external', urls: [url] },
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
  return storageHealthy.run({ deployment, signal: new AbortController().signal });
}

it('names a storage that refuses the user and password of Jaeger', async () => {
  expect(await examine(401)).toMatchObject([{ outcome: 'failed', found: 'it refuses them (401)' }]);
});

it('judges one that takes them by its health', async () => {
  const health = { status: 'green', number_of_nodes: 1, unassigned_shards: 0, number_of_pending_tasks: 0 };
  expect(await examine(200, JSON.stringify(health))).toMatchObject([{ outcome: 'ok' }]);
});

it('cannot judge one that lets Jaeger not see its health', async () => {
  await expect(examine(403)).rejects.toMatchObject({ name: 'NotCheckableError' });
});

it('shows the password without line ends at its end, as Jaeger does', () => {
  expect(loginHeaders('jaeger', 'a\nb\r\n')).toEqual({
    authorization: `Basic ${Buffer.from('jaeger:a\nb').toString('base64')}`,
  });
  expect(loginHeaders('jaeger', undefined)).toEqual({});
});
