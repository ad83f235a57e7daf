import { fieldAt, isPresent, number, shown } from '../../kubernetes/fields.ts';
import { labelSelectorOf } from '../../kubernetes/labelSelector.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import type { PodIndex } from '../../kubernetes/podIndex.ts';
import type { Replicas } from '../../kubernetes/replicas.ts';
import { eachObject } from '../../problems.ts';
import { stackRule, type Problem } from '../../rule.ts';
import { documents } from '../exampleYaml.ts';
import { gather, podsOf, replicasOf } from '../gather.ts';
import { budgetExample, workloadExample } from './stackExamples.ts';

const deployment = workloadExample({ spec: ['replicas: 2'] });

/** What has more than one pod has a budget for drains. */
export const deploymentDisruptionBudget = stackRule({
  name: 'deployment-disruption-budget',
  asks: 'Every Deployment and StatefulSet with more than one pod, or with a number that others decide, has a PodDisruptionBudget.',
  severity: 'medium',
  level: 'advisory',
  levels: { prod: 'mandatory' },
  rationale: 'Without a budget, a drain of several nodes may take all pods of a workload at once.',
  link: 'https://kubernetes.io/docs/tasks/run-application/configure-pdb/',
  passes: documents(deployment, budgetExample('maxUnavailable: 1')),
  fails: deployment,
  *check(objects) {
    const pods = yield* podsOf(objects.filter(isScalable));
    const replicas = yield* replicasOf(objects);
    const covered = new Set<KubernetesObject>();
    yield* gather(objects, (object) => addCovered(covered, object, pods));
    const bare = pods.all.map(({ object }) => object).filter((object) => !covered.has(object));
    yield* eachObject(bare, (object) => missingBudget(object, replicas));
  },
});

function isScalable(object: KubernetesObject): boolean {
  return object.is('Deployment', 'apps') || object.is('StatefulSet', 'apps');
}

function addCovered(covered: Set<KubernetesObject>, budget: KubernetesObject, pods: PodIndex): void {
  if (!budget.is('PodDisruptionBudget', 'policy')) return;
  const selector = labelSelectorOf(fieldAt(budget.body, 'spec', 'selector'));
  for (const { object } of pods.matching(budget.namespace, selector)) covered.add(object);
}

function* missingBudget(object: KubernetesObject, replicas: Replicas): Iterable<Problem> {
  const written = fieldAt(object.body, 'spec', 'replicas');
  const least = replicas.least(object) ?? 1;
  // Where no number is written, an autoscaler may decide it, of this set or of another.
  if (least < 2 && isPresent(written) && (number(written) ?? 0) < 2) return;
  const state =
    least >= 2
      ? `has at least ${least} pods`
      : isPresent(written)
        ? `has ${shown(written)} replicas`
        : 'leaves the number of its pods to others';
  yield {
    path: '',
    problem: `${state} and no PodDisruptionBudget of its namespace selects them: one must`,
    fix: 'a PodDisruptionBudget with the same selector and maxUnavailable: 1',
  };
}
