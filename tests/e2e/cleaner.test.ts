// @spec S1.5
import type { KubeConfig } from '@kubernetes/client-node';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { loadKubeConfig } from '../../tools/kube/connection.ts';
import { runCronJob } from './support/cronJobs.ts';
import { ExternalElasticsearch } from './support/externalElasticsearch.ts';
import { externalStorage, prepareNamespace } from './support/externalStorage.ts';
import { requestPod } from '../../tools/kube/requestPod.ts';
import { TestStack } from './support/testStack.ts';

const kube = loadKubeConfig({ kubeconfigPath: inject('kubeconfigPath') });
const DAY_MILLIS = 24 * 60 * 60 * 1000;
const retentionDays = 3;
const cronJob = 'jaeger-index-cleaner';
const resources = new AsyncDisposableStack();

/** The first moment of the oldest day that is kept: today and the retention's days before it. */
const oldestKept = Math.floor(Date.now() / DAY_MILLIS) * DAY_MILLIS - retentionDays * DAY_MILLIS;
const longAgo = Date.UTC(2020, 0, 1);

let search: ExternalElasticsearch;
let stack: TestStack;

beforeAll(async () => {
  const credentials = { username: 'jaeger', password: 'password-of-the-cleaner' };
  search = resources.use(await ExternalElasticsearch.start(kube, 'search-cleaner', credentials));
  // An address may end with a slash.
  const storage = { ...externalStorage(search, 'cleaner.e2e'), urls: [`${search.url}/`], retentionDays };
  stack = resources.use(await TestStack.create('cleaner', { config: { environment: 'dev', storage } }));
  await prepareNamespace(kube, stack.namespace, search);
  await stack.up();
});
afterAll(() => resources.disposeAsync());

test('over TLS with password and client certificate, what is due goes, and nothing else, to the millisecond', async () => {
  const due = {
    'cleaner.e2e-jaeger-span-2020-01-01': longAgo,
    'cleaner.e2e-jaeger-service-2020-01-01': longAgo,
    'cleaner.e2e-jaeger-dependencies-2020-01-01': longAgo,
    'cleaner.e2e-jaeger-span-2020-02-02': oldestKept - 1,
  };
  const kept = {
    // What counts is when an index was made, not the day in its name.
    'cleaner.e2e-jaeger-span-2020-03-03': oldestKept,
    'cleaner.e2e-jaeger-service-2020-03-03': Date.now(),
    // Others' indices, as old as can be: "." stands for itself, and neither end of a prefix is enough.
    'cleanerxe2e-jaeger-span-2020-01-01': longAgo,
    'my-cleaner.e2e-jaeger-span-2020-01-01': longAgo,
    'my.cleaner.e2e-jaeger-span-2020-01-01': longAgo,
    'cleaner.e2e-more-jaeger-span-2020-01-01': longAgo,
    'cleaner.e2e.more-jaeger-span-2020-01-01': longAgo,
    'cleaner.e2e2-jaeger-span-2020-01-01': longAgo,
    'cleaner.e2ejaeger-span-2020-01-01': longAgo,
    'jaeger-span-2020-01-01': longAgo,
    'cleaner.e2e-orders-2020-01-01': longAgo,
    'orders-2020-01-01': longAgo,
  };
  // The trace that `up` sent has made today's.
  const today = await search.indices();
  expect(today).toHaveLength(2);
  for (const [index, createdAt] of Object.entries({ ...due, ...kept })) await makeIndex(index, createdAt);
  expect(await search.indices()).toEqual([...today, ...Object.keys({ ...due, ...kept })].sort());

  await runCronJob(kube, stack.namespace, cronJob);
  expect(await search.indices()).toEqual([...today, ...Object.keys(kept)].sort());
  // With nothing due it is content as well.
  await runCronJob(kube, stack.namespace, cronJob);
  expect(await search.indices()).toEqual([...today, ...Object.keys(kept)].sort());
});

test("the embedded node's cleaner finds its storage, and leaves what is young", async () => {
  const before = await embeddedIndices(kube);
  expect(before.length).toBeGreaterThan(0);
  await runCronJob(kube, 'tracing', cronJob);
  expect(await embeddedIndices(kube)).toEqual(before);
});

/** Jaeger's own indices get their mappings from its templates, as here. */
async function makeIndex(index: string, createdAt: number): Promise<void> {
  const settings = { 'index.creation_date': createdAt, 'index.number_of_shards': 1, 'index.number_of_replicas': 0 };
  await search.requestJson({ method: 'PUT', path: `/${index}`, body: { settings } });
}

async function embeddedIndices(config: KubeConfig): Promise<string[]> {
  const target = { namespace: 'tracing', service: 'elasticsearch', podPort: 9200 };
  const { body } = await requestPod(config, target, { path: '/_cat/indices?h=index' });
  return body.split('\n').filter(Boolean).sort();
}
