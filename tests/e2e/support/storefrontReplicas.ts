import { CoreV1Api, type KubeConfig, type V1Pod } from '@kubernetes/client-node';
import { expect, vi } from 'vitest';
import { exampleNamespace as namespace } from '../../../tools/up/example.ts';
import { requestPod } from '../../../tools/kube/requestPod.ts';

const FAILURES_PORT = 8081;

/** The replicas of the storefront, the one first that the page's gateway asks. */
export type Replicas = readonly [V1Pod, V1Pod];

/** Both, as soon as they are ready, nobody else is there any more, and their containers were started again so often. */
export function readyReplicas(kube: KubeConfig, restarts: readonly [number, number] = [0, 0]): Promise<Replicas> {
  const labelSelector = 'app.kubernetes.io/name=storefront';
  const look = async (): Promise<Replicas> => {
    const { items } = await kube.makeApiClient(CoreV1Api).listNamespacedPod({ namespace, labelSelector });
    const [first, second] = items;
    expect(items.map(({ status }) => status?.containerStatuses?.[0]?.restartCount)).toEqual(restarts);
    if (first === undefined || second === undefined || !isReady(first) || !isReady(second))
      throw new Error('a replica is not ready');
    return [first, second];
  };
  return vi.waitFor(look, { timeout: 90_000, interval: 500 });
}

/** Lets the bug of the example strike in a share of orders; 0 ends it. */
export async function switchBug(kube: KubeConfig, ratio: number): Promise<void> {
  const target = { namespace, service: 'orders', podPort: FAILURES_PORT };
  const { status } = await requestPod(kube, target, {
    method: 'POST',
    path: '/failures',
    body: { name: 'bug', ratio },
  });
  expect(status).toBe(200);
}

function isReady({ status }: V1Pod): boolean {
  return status?.containerStatuses?.every(({ ready }) => ready) ?? false;
}
