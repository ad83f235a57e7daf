import type { V1Namespace } from '@kubernetes/client-node';
import type { PlacedProblem } from './workload.ts';

/** Label of a namespace: the Pod Security Standard that the API server holds its pods to. */
export const enforceLabel = 'pod-security.kubernetes.io/enforce';

/** The Pod Security Standard that a namespace holds its pods to; without a label, Kubernetes' default is none. */
export function enforcedLevel({ metadata }: Pick<V1Namespace, 'metadata'>): string {
  return metadata?.labels?.[enforceLabel] ?? 'privileged';
}

/** Namespaces of deployments whose label somebody has made weaker. */
export function weakenedNamespaces(items: readonly V1Namespace[], deployments: readonly string[]): PlacedProblem[] {
  return items
    .filter(({ metadata }) => deployments.includes(metadata?.name ?? ''))
    .filter((item) => enforcedLevel(item) !== 'restricted')
    .map((item) => {
      const namespace = item.metadata?.name ?? '';
      const problem = `lets in pods that Pod Security "${enforcedLevel(item)}" allows, not only "restricted" ones: \`npm run up\` sets the label ${enforceLabel} again`;
      return { namespace, kind: 'Namespace', name: namespace, problem };
    });
}
