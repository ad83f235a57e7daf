import { CoreV1Api, type KubeConfig, type V1ObjectMeta } from '@kubernetes/client-node';
import { labelsText } from '../../../../kube/labelSelector.ts';
import { managedByValidate, namePrefix } from './tryingPods.ts';

/** No check takes as long: what is older was left behind by one that was killed. */
const oldMillis = 10 * 60_000;
const labelSelector = labelsText(managedByValidate);

/**
 * Deletes what an earlier run has left behind, as one that was killed does: its namespaces, one of which applications' traces are taken
 * from, and its pods in some others. What the user may not see or delete stays: that is nothing to be checked.
 *
 * @param nowMillis - Milliseconds since 1970.
 */
export async function removeLeftovers(
  kube: KubeConfig,
  namespaces: readonly string[],
  nowMillis: number,
): Promise<void> {
  const core = kube.makeApiClient(CoreV1Api);
  const none = (): { items: [] } => ({ items: [] });
  const [found, ...pods] = await Promise.all([
    core.listNamespace({ labelSelector }).catch(none),
    ...namespaces.map((namespace) => core.listNamespacedPod({ namespace, labelSelector }).catch(none)),
  ]);
  const old = (items: readonly { readonly metadata?: V1ObjectMeta }[]) =>
    items.flatMap(({ metadata = {} }) => (isLeftover(metadata, nowMillis) ? [metadata] : []));
  await Promise.allSettled([
    ...old(found.items).map(({ name = '' }) => core.deleteNamespace({ name })),
    ...old(pods.flatMap(({ items }) => items)).map(({ name = '', namespace = '' }) =>
      core.deleteNamespacedPod({ name, namespace, gracePeriodSeconds: 0 }),
    ),
  ]);
}

/** Whether it was made by a run that cannot be under way any more. */
export function isLeftover(
  { name = '', creationTimestamp, deletionTimestamp }: V1ObjectMeta,
  nowMillis: number,
): boolean {
  const isOld = creationTimestamp !== undefined && nowMillis - creationTimestamp.getTime() > oldMillis;
  return name.startsWith(namePrefix) && isOld && deletionTimestamp === undefined;
}
