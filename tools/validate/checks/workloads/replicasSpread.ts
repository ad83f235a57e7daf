import { CoreV1Api, type V1Node, type V1Pod } from '@kubernetes/client-node';
import type { Check } from '../../check.ts';
import type { Finding } from '../../finding.ts';
import { declaredWorkloads } from './declaredWorkloads.ts';

/**
 * Pods of a workload are on as many nodes as can be. On a cluster with one node there is nothing that could be otherwise, which is told and
 * `ok`. Elsewhere it is a warning: everything works, but the end of one node would take several pods at once.
 */
export const replicasSpread: Check = {
  id: 'replicas-spread',
  component: 'workloads',
  title: 'the pods of a workload are on different nodes',
  applies: async (deployment) =>
    (await declaredWorkloads(deployment)).some(({ pods, object }) => object.kind !== 'DaemonSet' && pods.length > 1),
  run: async ({ deployment }) => {
    const kube = await deployment.kube();
    const { items } = await kube.makeApiClient(CoreV1Api).listNode();
    const nodes = items.filter(takesPods).length;
    return (await declaredWorkloads(deployment))
      .filter(({ object, pods }) => object.kind !== 'DaemonSet' && pods.length > 1)
      .map(({ subject, pods }) => judgeSpread(subject, pods, nodes));
  },
};

/**
 * Judges where the pods of one workload are.
 * @param nodes - How many nodes take pods.
 */
export function judgeSpread(subject: string, pods: readonly V1Pod[], nodes: number): Finding {
  const used = new Set(pods.flatMap(({ spec }) => spec?.nodeName ?? []));
  const most = Math.min(pods.length, nodes);
  const expected = `its ${pods.length} pods on different nodes`;
  if (nodes <= 1)
    return {
      outcome: 'ok',
      subject,
      expected,
      found: `on ${[...used].join(' and ') || 'no node'}: no other node takes pods`,
    };
  const found = `its ${pods.length} pods on ${used.size} of ${nodes} nodes (${[...used].sort().join(', ')})`;
  if (used.size >= most) return { outcome: 'ok', subject, expected, found };
  return {
    outcome: 'warning',
    subject,
    expected,
    found,
    mend: 'see whether the other nodes have room; then `kubectl rollout restart` spreads them anew',
  };
}

/** Whether a node takes pods that tolerate nothing. */
export function takesPods({ spec, status }: V1Node): boolean {
  const ready = status?.conditions?.some(({ type, status: holds }) => type === 'Ready' && holds === 'True') ?? false;
  const repels = (spec?.taints ?? []).some(({ effect }) => effect !== 'PreferNoSchedule');
  return ready && spec?.unschedulable !== true && !repels;
}
