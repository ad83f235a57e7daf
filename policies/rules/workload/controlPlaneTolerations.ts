import { entries, field, isPresent, shown } from '../../kubernetes/fields.ts';
import { objectRule } from '../../rule.ts';
import { podWith } from '../exampleYaml.ts';

const taints: readonly unknown[] = ['node-role.kubernetes.io/control-plane', 'node-role.kubernetes.io/master'];

/** Applications stay away from the nodes that run the cluster. */
export const controlPlaneTolerations = objectRule({
  name: 'control-plane-tolerations',
  asks: 'Pods do not tolerate the taints of control plane nodes. DaemonSets may.',
  severity: 'medium',
  level: 'advisory',
  rationale:
    'Whoever breaks out of a container there holds the whole cluster, and its load takes memory and disk from the API server and etcd.',
  link: 'https://kubernetes.io/docs/reference/labels-annotations-taints/#node-role-kubernetes-io-control-plane-taint',
  passes: podWith('tolerations: [{ key: spot, operator: Exists }]'),
  fails: podWith('tolerations: [{ key: node-role.kubernetes.io/control-plane, operator: Exists }]'),
  *check({ workload }) {
    // A DaemonSet is there to run on every node.
    if (workload === undefined || workload.kind === 'DaemonSet') return;
    for (const [index, toleration] of entries(field(workload.podSpec, 'tolerations')).entries()) {
      const key = field(toleration, 'key');
      const isForAll = (!isPresent(key) || key === '') && field(toleration, 'operator') === 'Exists';
      if (!isForAll && !taints.includes(key)) continue;
      yield {
        path: `${workload.podPath}.tolerations[${index}]`,
        problem: `${isForAll ? 'tolerates every taint' : `tolerates ${shown(key)}`}: it must not tolerate those of control plane nodes`,
        fix: 'leave it out, or name the taint that is meant',
      };
    }
  },
});
