import { AppsV1Api, CoreV1Api } from '@kubernetes/client-node';
import { clusterStatus } from '../../../tools/cluster/clusterStatus.ts';
import { loadKubeConfig } from '../../../tools/kube/connection.ts';
import { checkout, testCluster } from '../../support/commands.ts';

/**
 * Ends the pods of a stack's Deployments at once. A stack that is removed after its tests has no clients to wait for, and
 * collectors would serve theirs for another 20 s.
 */
export async function endCollectors(namespace: string): Promise<void> {
  const { kubeconfigPath, context } = await clusterStatus({ name: testCluster, checkout });
  const kube = loadKubeConfig({ kubeconfigPath, context });
  const apps = kube.makeApiClient(AppsV1Api);
  const { items } = await apps.listNamespacedDeployment({ namespace });
  for (const { metadata } of items) {
    const deployment = { namespace, name: metadata?.name ?? '' };
    const scale = await apps.readNamespacedDeploymentScale(deployment);
    scale.spec = { replicas: 0 };
    await apps.replaceNamespacedDeploymentScale({ ...deployment, body: scale });
  }
  if (items.length === 0) return;
  const labelSelector = `app.kubernetes.io/name in (${items.map(({ metadata }) => metadata?.name ?? '').join(', ')})`;
  await kube
    .makeApiClient(CoreV1Api)
    .deleteCollectionNamespacedPod({ namespace, labelSelector, gracePeriodSeconds: 0 });
}
