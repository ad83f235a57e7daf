import {
  AppsV1Api,
  PatchStrategy,
  setHeaderOptions,
  type KubeConfig,
  type V1Deployment,
} from '@kubernetes/client-node';
import { listPods } from './namespacePods.ts';
import { secondsUntil } from './statusOf.ts';

/** Deployments of one namespace. */
export interface Rollout {
  readonly namespace: string;
  readonly deployments: readonly string[];
}

/** Has every pod replaced, as `kubectl rollout restart` does. */
export async function restartRollout(kube: KubeConfig, { namespace, deployments }: Rollout): Promise<void> {
  const annotations = { 'kubectl.kubernetes.io/restartedAt': new Date().toISOString() };
  const body = { spec: { template: { metadata: { annotations } } } };
  const options = setHeaderOptions('Content-Type', PatchStrategy.StrategicMergePatch);
  for (const name of deployments)
    await kube.makeApiClient(AppsV1Api).patchNamespacedDeployment({ namespace, name, body }, options);
}

/**
 * Waits until every pod is of the newest template, ready, and no other pod is left, not even one that still ends.
 *
 * @returns the seconds that it took
 */
export function rolledOut(kube: KubeConfig, rollout: Rollout, limitSeconds = 300): Promise<number> {
  return secondsUntil('rolled out', () => look(kube, rollout), limitSeconds);
}

/** The pods of some workloads, by uid. */
export async function podsOf(kube: KubeConfig, { namespace, deployments }: Rollout): Promise<readonly string[]> {
  const pods = await listPods(kube, namespace);
  const own = pods.filter(({ metadata }) => deployments.includes(metadata?.labels?.['app.kubernetes.io/name'] ?? ''));
  return own.map(({ metadata }) => metadata?.uid ?? '').sort();
}

async function look(kube: KubeConfig, rollout: Rollout): Promise<{ done: boolean; seen: unknown }> {
  const apps = kube.makeApiClient(AppsV1Api);
  const { namespace, deployments } = rollout;
  const found = await Promise.all(deployments.map((name) => apps.readNamespacedDeployment({ namespace, name })));
  const wanted = found.reduce((sum, { spec }) => sum + (spec?.replicas ?? 0), 0);
  const pods = (await podsOf(kube, rollout)).length;
  const seen = { pods, wanted, deployments: found.map(({ status }) => status) };
  return { done: pods === wanted && found.every(isRolledOut), seen };
}

function isRolledOut({ metadata, spec, status }: V1Deployment): boolean {
  const wanted = spec?.replicas ?? 0;
  return (
    (status?.observedGeneration ?? 0) >= (metadata?.generation ?? 0) &&
    status?.updatedReplicas === wanted &&
    status.availableReplicas === wanted &&
    status.replicas === wanted
  );
}
