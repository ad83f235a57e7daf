import { entries, fieldAt } from '../../kubernetes/fields.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import { objectRule } from '../../rule.ts';
import { deploymentWith, podWith } from '../exampleYaml.ts';

/** Somebody looks after pods. */
export const nakedPods = objectRule({
  name: 'naked-pods',
  asks: 'Pods are made by a controller that replaces them, and ReplicaSets by a Deployment.',
  severity: 'medium',
  level: 'advisory',
  rationale:
    'Nobody makes a new one of a pod whose node fails, and nobody rolls a ReplicaSet on to a new version or back.',
  link: 'https://kubernetes.io/docs/concepts/configuration/overview/#naked-pods-vs-replicasets-deployments-and-jobs',
  passes: deploymentWith(),
  fails: podWith(),
  *check(object) {
    const instead = insteadOf(object);
    if (instead === undefined || entries(fieldAt(object.body, 'metadata', 'ownerReferences')).length > 0) return;
    // A hook of Helm is run once, and waited for, by Helm.
    if (Object.hasOwn(object.annotations, 'helm.sh/hook')) return;
    yield {
      path: '',
      problem: `is a ${object.kind} that nobody makes: ${instead} must make it`,
      fix: `kind: ${instead}`,
    };
  },
});

function insteadOf(object: KubernetesObject): string | undefined {
  if (object.is('ReplicaSet', 'apps') || object.is('ReplicationController', '')) return 'Deployment';
  if (!object.is('Pod', '')) return undefined;
  return object.workload?.lasting === true ? 'Deployment' : 'Job';
}
