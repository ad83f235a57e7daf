import { CoreV1Api } from '@kubernetes/client-node';
import { execa } from 'execa';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { applyManifests } from '../../tools/kube/applyManifests.ts';
import { loadKubeConfig } from '../../tools/kube/connection.ts';
import { checkout } from '../support/commands.ts';
import { ExternalElasticsearch } from './support/externalElasticsearch.ts';
import { namespaceObject } from './support/externalElasticsearchObjects.ts';
import { externalStorage, secretNames, writeClientCertificate, writePassword } from './support/externalStorage.ts';
import { traceComesBack } from './support/stackTraces.ts';
import { secondsUntil } from './support/statusOf.ts';
import { TestStack } from './support/testStack.ts';
import { isHealthy, isSaid, proveCause } from './support/waitingCause.ts';

const kube = loadKubeConfig({ kubeconfigPath: inject('kubeconfigPath') });
const core = kube.makeApiClient(CoreV1Api);
const resources = new AsyncDisposableStack();
let search: ExternalElasticsearch;
let stack: TestStack;

beforeAll(async () => {
  const credentials = { username: 'jaeger', password: 'password-of-who-waits' };
  search = resources.use(await ExternalElasticsearch.start(kube, 'search-waiting', credentials));
  const config = { environment: 'dev', storage: externalStorage(search, 'waiting.e2e') };
  stack = resources.use(await TestStack.create('waiting', { config }));
});
afterAll(() => resources.disposeAsync());

test('one `up` waits through missing Secrets and a storage that is down, names both, and goes on by itself', async () => {
  const { namespace } = stack;
  await applyManifests(kube, [namespaceObject(namespace)]);
  await search.stop();
  await using up = startUp();
  const saidByUp = (words: RegExp) => () =>
    Promise.resolve({ done: up.lines.some((line) => words.test(line)), seen: up.lines });
  // The pods come when Pulumi has made what they need.
  await secondsUntil('pods', async () => ({ done: (await podNames()).length >= 2, seen: await podNames() }), 120);

  const missing = new RegExp(`${secretNames.password}|${secretNames.client}`);
  const named = await secondsUntil('missing Secrets', () => isSaid(namespace, both(missing)));
  await secondsUntil(
    'missing Secrets, by up',
    saidByUp(new RegExp(`jaeger-collector.*(${missing.source})`)),
    60 - named,
  );
  await writePassword(kube, namespace, search.front.password);
  await writeClientCertificate(kube, namespace, search);
  const silent = /does not answer/;
  const down = await secondsUntil('storage down', () => isSaid(namespace, both(silent)));
  await secondsUntil('storage down, by up', saidByUp(/jaeger-collector.*does not answer/), 60 - down);

  await search.change({});
  const healthy = await secondsUntil('all is well', () => isHealthy(namespace));
  await traceComesBack(kube, namespace, 60 - healthy);
  console.info(
    `missing Secrets: named after ${named.toFixed(1)} s; storage down at start: named after ${down.toFixed(1)} s; ` +
      `healthy ${healthy.toFixed(1)} s after it came`,
  );
  expect([(await up.ended).exitCode, up.lines.at(-1)]).toEqual([0, expect.stringMatching(/^trace: done/)]);
});

test('a disk above the flood-stage watermark: the collector waits, the query service shows what there is', async () => {
  const title = 'flood-stage watermark';
  const restarts = await proveCause(kube, stack.namespace, title, {
    begin: fillDisk,
    end: () => setWatermarks({ low: null, high: null, flood_stage: null }),
    said: { 'jaeger-collector': /disk of https:.* is full.*flood-stage watermark/, 'jaeger-query': /^$/ },
  });
  expect(restarts).toBe(0);
});

test('sampling strategies that somebody has broken by hand', async () => {
  const { namespace } = stack;
  const name = 'jaeger-sampling';
  const { data = {} } = await core.readNamespacedConfigMap({ namespace, name });
  const write = (texts: Readonly<Record<string, string>>) => {
    const configMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace }, data: texts };
    return applyManifests(kube, [configMap]);
  };
  const broken = Object.fromEntries(Object.keys(data).map((file) => [file, '{ "default_strategy": {']));
  await proveCause(kube, namespace, 'broken sampling strategies', {
    begin: () => write(broken),
    end: () => write(data),
    said: { 'jaeger-collector': /strateg/, [name]: /is not JSON/ },
  });
});

/** Starts `up` and gathers what it says while it waits. */
function startUp() {
  const args = ['run', '--silent', 'up', '--', ...stack.options, '--no-example', '--json'];
  const child = execa('npm', args, { cwd: checkout, env: stack.environment, stdin: 'ignore', reject: false });
  const lines: string[] = [];
  createInterface(child.stderr).on('line', (line) => lines.push(line));
  const end = async (): Promise<void> => {
    // Ctrl-C would have to reach the whole foreground group; this one signal is passed on.
    child.kill('SIGTERM');
    await child;
  };
  return { lines, ended: child, [Symbol.asyncDispose]: end };
}

function both(words: RegExp) {
  return { 'jaeger-collector': words, 'jaeger-query': words };
}

async function podNames(): Promise<string[]> {
  const { items } = await core.listNamespacedPod({ namespace: stack.namespace });
  return items.map(({ metadata }) => metadata?.name ?? '');
}

/** Asks for more free space than any disk has, and waits until Elasticsearch itself has blocked its indices. */
async function fillDisk(): Promise<void> {
  await setWatermarks({ low: '3pb', high: '2pb', flood_stage: '1pb' });
  await secondsUntil('indices blocked', async () => {
    const seen = JSON.stringify(await search.requestJson({ path: '/_all/_settings' }));
    return { done: seen.includes('read_only_allow_delete'), seen };
  });
}

async function setWatermarks(marks: Readonly<Record<string, string | null>>): Promise<void> {
  const transient = Object.fromEntries(
    Object.entries(marks).map(([mark, value]) => [`cluster.routing.allocation.disk.watermark.${mark}`, value]),
  );
  await search.requestJson({ method: 'PUT', path: '/_cluster/settings', body: { transient } });
}
