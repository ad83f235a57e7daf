// @spec S1.5
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { loadKubeConfig } from '../../tools/kube/connection.ts';
import { npmRun } from '../support/commands.ts';
import { runCronJob } from './support/cronJobs.ts';
import { externalStorage, prepareNamespace } from './support/externalStorage.ts';
import { deletePods } from './support/namespacePods.ts';
import { readWholeTrace, sendTrace, traceComesBack } from './support/stackTraces.ts';
import { secondsUntil } from './support/statusOf.ts';
import { StorageServers } from './support/storageServers.ts';
import { TestStack } from './support/testStack.ts';
import { isHealthy, isSaid } from './support/waitingCause.ts';

const kube = loadKubeConfig({ kubeconfigPath: inject('kubeconfigPath') });
const indexPrefix = 'servers.e2e';
const resources = new AsyncDisposableStack();
let servers: StorageServers;
let stack: TestStack;

beforeAll(async () => {
  const credentials = { username: 'jaeger', password: 'password-of-three-servers' };
  servers = resources.use(await StorageServers.start(kube, 'search-servers', credentials, 'elasticsearch-8'));
  stack = resources.use(
    await TestStack.create('servers', {
      config: { environment: 'dev', storage: externalStorage(servers, indexPrefix) },
    }),
  );
  await prepareNamespace(kube, stack.namespace, servers);
});
afterAll(() => resources.disposeAsync());

test('a real Elasticsearch 8 is named with the way out, and with OpenSearch 2 at its address `up` goes on by itself', async () => {
  const words =
    /https:\S+ is elasticsearch 8\.7\.1, which Jaeger 1\.50\.0 cannot use; it takes: .*opensearch-2 \(Elasticsearch 8 from Jaeger 1\.52 on\)/;
  let saidByUp = '';
  const up = npmRun('up', [...stack.options, '--no-example', '--json'], {
    env: stack.environment,
    timeoutSeconds: 500,
    onStderrLine: (line) => (saidByUp = /jaeger-collector.*elasticsearch 8\.7\.1/.test(line) ? line : saidByUp),
  });
  try {
    const said = { 'jaeger-collector': words, 'jaeger-query': words };
    await secondsUntil('Elasticsearch 8 named', () => isSaid(stack.namespace, said), 180);
    // `up` and `status` look at times of their own.
    await secondsUntil('Elasticsearch 8 named by up', () => ({ done: saidByUp !== '', seen: saidByUp }));
  } finally {
    // Whatever was seen: an `up` that still waits would stand in the way of `down`.
    await servers.leadTo('opensearch-2');
    await up;
  }
  const { exitCode, stderr } = await up;
  expect([exitCode, stderr.trim().split('\n').at(-1)]).toEqual([0, expect.stringMatching(/^trace: done/)]);
});

test('on OpenSearch 2 a trace is stored and read back, and the index cleaner succeeds', () => proveStorage('2.11.0'));

test('on OpenSearch 1 a trace is stored and read back, and the index cleaner succeeds', async () => {
  await servers.leadTo('opensearch-1');
  await deletePods(kube, stack.namespace, ['jaeger-collector', 'jaeger-query']);
  await secondsUntil('healthy on OpenSearch 1', () => isHealthy(stack.namespace));
  await traceComesBack(kube, stack.namespace, 60);
  await proveStorage('1.3.14');
});

/** Sends a trace, finds it in the server of this version and through the query service, and lets the cleaner run. */
async function proveStorage(version: string): Promise<void> {
  expect(JSON.parse(await servers.request('/'))).toMatchObject({
    version: { distribution: 'opensearch', number: version },
  });
  const sent = await sendTrace(kube, stack.namespace);
  await readWholeTrace(kube, stack.namespace, sent);
  const countStored = async () =>
    JSON.parse(await servers.request(`/${indexPrefix}-jaeger-span-*/_count?q=traceID:${sent.traceId}`)) as unknown;
  expect(await countStored()).toMatchObject({ count: sent.spanCount });
  await runCronJob(kube, stack.namespace, 'jaeger-index-cleaner');
  // What is young stays.
  expect(await countStored()).toMatchObject({ count: sent.spanCount });
}
