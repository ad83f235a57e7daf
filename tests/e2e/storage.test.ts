// @spec S1.5
import type { V1Container } from '@kubernetes/client-node';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { loadKubeConfig } from '../../tools/kube/connection.ts';
import { ExternalElasticsearch } from './support/externalElasticsearch.ts';
import { externalStorage, prepareNamespace, writePassword } from './support/externalStorage.ts';
import { askFront } from './support/frontClient.ts';
import { listPods, podIdentities } from './support/namespacePods.ts';
import { placesWith, readNamespaceTexts } from './support/secretSearch.ts';
import { readWholeTrace, sendTrace, traceComesBack } from './support/stackTraces.ts';
import { TestStack } from './support/testStack.ts';

const kube = loadKubeConfig({ kubeconfigPath: inject('kubeconfigPath') });
const passwords = { first: 'seeded-password-of-the-first-day', second: 'seeded-password-after-rotation' };
const indexPrefix = 'storage.e2e';
const resources = new AsyncDisposableStack();
let search: ExternalElasticsearch;
let stack: TestStack;
let upOutput = '';

beforeAll(async () => {
  const credentials = { username: 'jaeger', password: passwords.first };
  search = resources.use(await ExternalElasticsearch.start(kube, 'search', credentials));
  const storage = {
    ...externalStorage(search, indexPrefix),
    shards: 2,
    timeoutSeconds: 20,
    bulk: { actions: 77, sizeMebibytes: 3, flushIntervalMillis: 150, workers: 2 },
  };
  stack = resources.use(await TestStack.create('storage', { config: { environment: 'dev', storage } }));
  await prepareNamespace(kube, stack.namespace, search);
  const { stdout, stderr } = await stack.up('--json');
  upOutput = stdout + stderr;
});
afterAll(() => resources.disposeAsync());

test('the Elasticsearch of these tests lets nobody in without both a client certificate and the password', async () => {
  const { clientCertificate } = search;
  const foreign = await search.foreignCertificate();
  const statuses = [
    await askFront(kube, search, { password: passwords.first }),
    await askFront(kube, search, { clientCertificate: foreign, password: passwords.first }),
    await askFront(kube, search, { clientCertificate }),
    await askFront(kube, search, { clientCertificate, password: passwords.second }),
    await askFront(kube, search, { clientCertificate, password: passwords.first }),
  ];
  expect(statuses).toEqual([400, 400, 401, 401, 200]);
});

test('over TLS, with client certificate and password of existing Secrets, a trace is stored there and read back', async () => {
  const sent = await sendTrace(kube, stack.namespace);
  await readWholeTrace(kube, stack.namespace, sent);
  const path = `/${indexPrefix}-jaeger-span-*/_count?q=traceID:${sent.traceId}`;
  expect(await search.requestJson({ path })).toMatchObject({ count: sent.spanCount });
});

test('the indices have the configured prefix, shards and replicas', async () => {
  const today = new Date().toISOString().slice(0, 10);
  const indices = [`${indexPrefix}-jaeger-service-${today}`, `${indexPrefix}-jaeger-span-${today}`];
  expect(await search.indices()).toEqual(indices);
  const settings = await search.requestJson({ path: `/${indexPrefix}-*/_settings` });
  const expected = { settings: { index: { number_of_shards: '2', number_of_replicas: '0' } } };
  expect(settings).toMatchObject(Object.fromEntries(indices.map((index) => [index, expected])));
});

test('collector and query service have the bulk settings and the timeout in their environment', async () => {
  const pods = await listPods(kube, stack.namespace);
  const containers = pods.flatMap(({ spec }) => spec?.containers ?? []).filter(({ env }) => hasStorage(env));
  expect(containers.map(({ name }) => name).sort()).toEqual(['jaeger-collector', 'jaeger-query']);
  for (const { env } of containers) {
    const variables = Object.fromEntries((env ?? []).map(({ name, value }) => [name, value]));
    expect(variables).toMatchObject({
      ES_TIMEOUT: '20s',
      ES_BULK_ACTIONS: '77',
      ES_BULK_SIZE: String(3 * 1024 * 1024),
      ES_BULK_FLUSH_INTERVAL: '150ms',
      ES_BULK_WORKERS: '2',
    });
  }
});

test('a password that is rotated in Elasticsearch and in the Secret takes effect without a restart', async () => {
  const before = await podIdentities(kube, stack.namespace);
  expect(Object.keys(before)).toHaveLength(3);
  await search.change({ password: passwords.second });
  await writePassword(kube, stack.namespace, passwords.second);
  // The kubelet brings a changed Secret into its volumes within its sync period and the age of its cache.
  const sent = await traceComesBack(kube, stack.namespace, 150);
  expect(await search.requestJson({ path: `/_all/_count?q=traceID:${sent.traceId}` })).toMatchObject({
    count: sent.spanCount,
  });
  expect(await podIdentities(kube, stack.namespace)).toEqual(before);
  const { clientCertificate } = search;
  expect(await askFront(kube, search, { clientCertificate, password: passwords.first })).toBe(401);
});

test('neither password nor private key stands in what up printed, in pods, ConfigMaps, events or logs', async () => {
  const places = { up: upOutput, ...(await readNamespaceTexts(kube, stack.namespace)) };
  // What is no secret is found: the search itself works.
  expect(placesWith(places, indexPrefix)).toEqual(expect.arrayContaining(['pods']));
  const [, keyLine = ''] = search.clientCertificate.key.split('\n');
  expect(keyLine.length).toBeGreaterThan(40);
  for (const secret of [passwords.first, passwords.second, keyLine]) expect(placesWith(places, secret)).toEqual([]);
});

function hasStorage(env: V1Container['env']): boolean {
  return (env ?? []).some(({ name }) => name === 'SPAN_STORAGE_TYPE');
}
