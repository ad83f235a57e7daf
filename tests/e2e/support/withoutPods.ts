import { AppsV1Api, type KubeConfig } from '@kubernetes/client-node';

/** Sets the number of pods, as `kubectl scale` does, and returns at once. */
async function scaleWorkload(
  kube: KubeConfig,
  kind: 'Deployment' | 'StatefulSet',
  namespace: string,
  name: string,
  replicas: number,
): Promise<void> {
  const apps = kube.makeApiClient(AppsV1Api);
  const asked = { namespace, name, body: [{ op: 'replace', path: '/spec/replicas', value: replicas }] };
  if (kind === 'Deployment') await apps.patchNamespacedDeployment(asked);
  else await apps.patchNamespacedStatefulSet(asked);
}

/** Takes all pods of a workload away; disposing of what is returned has it as many as before. */
export async function withoutPods(
  kube: KubeConfig,
  kind: 'Deployment' | 'StatefulSet',
  namespace: string,
  name: string,
): Promise<AsyncDisposable> {
  const apps = kube.makeApiClient(AppsV1Api);
  const asked = { namespace, name };
  const { spec } = await (kind === 'Deployment'
    ? apps.readNamespacedDeployment(asked)
    : apps.readNamespacedStatefulSet(asked));
  await scaleWorkload(kube, kind, namespace, name, 0);
  return { [Symbol.asyncDispose]: () => scaleWorkload(kube, kind, namespace, name, spec?.replicas ?? 1) };
}
