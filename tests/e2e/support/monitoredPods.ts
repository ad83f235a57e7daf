import type { KubeConfig } from '@kubernetes/client-node';
import { listPods } from './namespacePods.ts';
import type { Target } from './prometheus.ts';

/** `namespace/pod` of every running pod of some components, sorted. */
export async function runningPods(
  kube: KubeConfig,
  namespace: string,
  components: readonly string[],
): Promise<readonly string[]> {
  const pods = (await listPods(kube, namespace)).filter(
    ({ metadata, status }) =>
      components.includes(metadata?.labels?.['app.kubernetes.io/name'] ?? '') && status?.phase === 'Running',
  );
  return pods.map(({ metadata }) => `${namespace}/${metadata?.name ?? ''}`).sort();
}

/** `namespace/pod` of every target of some namespaces that answers, sorted. One that is asked at two addresses comes twice. */
export function answeringPods(targets: readonly Target[], namespaces: readonly string[]): readonly string[] {
  return targets
    .filter(({ health, labels }) => health === 'up' && namespaces.includes(labels['namespace'] ?? ''))
    .map(({ labels }) => `${labels['namespace'] ?? ''}/${labels['pod'] ?? ''}`)
    .sort();
}
