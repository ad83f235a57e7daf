import { CoreV1Api, type KubeConfig, type V1Node, type V1Pod } from '@kubernetes/client-node';
import { shorten } from './logLines.ts';
import { noneIfForbidden } from './noneIfForbidden.ts';
import type { PlacedProblem } from './workload.ts';

/** Nodes that are lost or cordoned, where that touches the pods of some namespaces. */
export async function listNodeProblems(
  config: KubeConfig,
  namespaces: readonly string[],
  waiting: boolean,
): Promise<PlacedProblem[]> {
  const core = config.makeApiClient(CoreV1Api);
  const [nodes, ...pods] = await Promise.all([
    core.listNode().catch(noneIfForbidden),
    ...namespaces.map((namespace) => core.listNamespacedPod({ namespace })),
  ]);
  const ours = pods.flatMap(({ items }) => items);
  return nodes.items.flatMap((node) => {
    const problem = nodeProblem(node, ours, waiting);
    // A node is in no namespace.
    return problem === undefined ? [] : [{ namespace: '', kind: 'Node' as const, name: nameOf(node), problem }];
  });
}

/**
 * What is wrong with a node, where it touches these pods.
 * @param waiting - Whether some workload has fewer pods than it wants, as when no node takes them.
 */
export function nodeProblem(node: V1Node, pods: readonly V1Pod[], waiting: boolean): string | undefined {
  const ready = node.status?.conditions?.find(({ type }) => type === 'Ready');
  const here = pods.filter(({ spec, status }) => spec?.nodeName === nameOf(node) && status?.phase === 'Running');
  if (ready?.status !== 'True' && (here.length > 0 || waiting)) {
    const why = ready?.message === undefined ? '' : ` (${shorten(ready.message)})`;
    return `is not ready${why}, with ${here.length} of our pods on it: after 5 minutes Kubernetes makes them anew elsewhere, but not what needs a volume of that node. Bring the node back, or delete it (kubectl delete node ${nameOf(node)})`;
  }
  if (node.spec?.unschedulable === true && waiting)
    return `is cordoned, and takes no new pods: kubectl uncordon ${nameOf(node)}, or add a node`;
  return undefined;
}

function nameOf({ metadata }: V1Node): string {
  return metadata?.name ?? '';
}
