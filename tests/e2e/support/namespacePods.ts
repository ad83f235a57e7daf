import { CoreV1Api, type KubeConfig, type V1Pod } from '@kubernetes/client-node';

/** Every pod of a namespace. */
export async function listPods(kube: KubeConfig, namespace: string): Promise<V1Pod[]> {
  return (await kube.makeApiClient(CoreV1Api).listNamespacedPod({ namespace })).items;
}

/**
 * Which pods run, and how often each container of them was started again: equal before and after means untouched. Not those
 * of Jobs, which come and go by themselves.
 */
export async function podIdentities(kube: KubeConfig, namespace: string): Promise<Readonly<Record<string, number>>> {
  const pods = await listPods(kube, namespace);
  const lasting = pods.filter(({ spec }) => spec?.restartPolicy === 'Always');
  return Object.fromEntries(
    lasting.map(({ metadata, status }) => [
      `${metadata?.name ?? ''} ${metadata?.uid ?? ''}`,
      (status?.containerStatuses ?? []).reduce((sum, { restartCount }) => sum + restartCount, 0),
    ]),
  );
}

/** Deletes the pods of some workloads, whose controllers make them anew. */
export async function deletePods(kube: KubeConfig, namespace: string, workloads: readonly string[]): Promise<void> {
  const labelSelector = `app.kubernetes.io/name in (${workloads.join(', ')})`;
  await kube.makeApiClient(CoreV1Api).deleteCollectionNamespacedPod({ namespace, labelSelector });
}

/** The logs of every container of a namespace that has one. */
export async function readLogs(kube: KubeConfig, namespace: string): Promise<string> {
  const core = kube.makeApiClient(CoreV1Api);
  const pods = await listPods(kube, namespace);
  const logs = pods.flatMap(({ metadata, spec }) =>
    [...(spec?.initContainers ?? []), ...(spec?.containers ?? [])].map(({ name: container }) =>
      core.readNamespacedPodLog({ namespace, name: metadata?.name ?? '', container }).catch(() => ''),
    ),
  );
  return (await Promise.all(logs)).join('\n');
}
