// @spec S1.5
import { expect, inject, test } from 'vitest';
import { loadKubeConfig } from '../../tools/kube/connection.ts';
import { waitForWorkloads } from '../../tools/kube/waitForRollout.ts';
import { deletePods, listPods, podIdentities } from './support/namespacePods.ts';
import { readWholeTrace, sendTrace, traceComesBack } from './support/stackTraces.ts';

const kube = loadKubeConfig({ kubeconfigPath: inject('kubeconfigPath') });
const namespace = 'tracing';

test('the embedded node loses its pod but not its data, and within a minute Jaeger goes on without a restart', async () => {
  const sent = await sendTrace(kube, namespace);
  await readWholeTrace(kube, namespace, sent);
  const before = await jaegerPods();
  const node = await elasticsearchUid();
  const started = performance.now();
  await deletePods(kube, namespace, ['elasticsearch']);
  await waitForWorkloads(kube, namespace, 60, () => undefined);
  await traceComesBack(kube, namespace, 60 - secondsSince(started));
  const seconds = secondsSince(started);
  console.info(`a new trace came back ${seconds.toFixed(1)} s after the deletion of Elasticsearch's pod`);
  expect(seconds).toBeLessThan(60);
  expect(await elasticsearchUid()).not.toBe(node);
  await readWholeTrace(kube, namespace, sent);
  expect(await jaegerPods()).toEqual(before);
});

async function jaegerPods(): Promise<Readonly<Record<string, number>>> {
  const pods = Object.entries(await podIdentities(kube, namespace));
  return Object.fromEntries(pods.filter(([identity]) => identity.startsWith('jaeger-')));
}

async function elasticsearchUid(): Promise<string | undefined> {
  const pods = await listPods(kube, namespace);
  return pods.find(({ metadata }) => metadata?.name === 'elasticsearch-0')?.metadata?.uid;
}

function secondsSince(started: number): number {
  return (performance.now() - started) / 1000;
}
