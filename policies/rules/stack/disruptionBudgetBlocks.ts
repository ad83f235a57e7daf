import { fieldAt, isPresent, shown } from '../../kubernetes/fields.ts';
import { parseIntOrPercent } from '../../kubernetes/intOrPercent.ts';
import { labelSelectorOf } from '../../kubernetes/labelSelector.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import type { PodIndex } from '../../kubernetes/podIndex.ts';
import type { Replicas } from '../../kubernetes/replicas.ts';
import { eachObject } from '../../problems.ts';
import { stackRule, type Problem } from '../../rule.ts';
import { documents } from '../exampleYaml.ts';
import { podsOf, replicasOf } from '../gather.ts';
import { budgetExample, workloadExample } from './stackExamples.ts';

const deployment = workloadExample({ spec: ['replicas: 2'] });

/** A budget lets at least one pod go, where all of them are well. What lets none go, whatever their number, is `pdb-values`' affair. */
export const disruptionBudgetBlocks = stackRule({
  name: 'disruption-budget-blocks',
  asks: 'No PodDisruptionBudget asks for as many available pods as it selects.',
  severity: 'high',
  level: 'mandatory',
  rationale:
    'Such a budget blocks every drain: nodes can be neither updated nor taken away without deleting pods by force.',
  link: 'https://kubernetes.io/docs/tasks/run-application/configure-pdb/#think-about-how-your-application-reacts-to-disruptions',
  passes: documents(deployment, budgetExample('minAvailable: 1')),
  fails: documents(deployment, budgetExample('minAvailable: 2')),
  *check(objects) {
    const pods = yield* podsOf(objects);
    const replicas = yield* replicasOf(objects);
    const budgets = objects.filter((object) => object.is('PodDisruptionBudget', 'policy'));
    yield* eachObject(budgets, (budget) => blockingProblems(budget, pods, replicas));
  },
});

function* blockingProblems(budget: KubernetesObject, pods: PodIndex, replicas: Replicas): Iterable<Problem> {
  const value = fieldAt(budget.body, 'spec', 'minAvailable');
  if (!isPresent(value)) return;
  const count = podCount(budget, pods, replicas);
  // Of no pods, none can be kept from going.
  if (count === undefined || count === 0 || !isBlocking(value, count)) return;
  yield {
    path: 'spec.minAvailable',
    problem: `is ${shown(value)}, and it selects ${count === 1 ? '1 pod' : `${count} pods`}: at least one pod must be allowed to go`,
    fix: count === 1 ? 'maxUnavailable: 1, or two replicas' : 'maxUnavailable: 1',
  };
}

/** How many pods a budget selects at the least; `undefined` where that cannot be told from the set. */
function podCount(budget: KubernetesObject, pods: PodIndex, replicas: Replicas): number | undefined {
  const selector = labelSelectorOf(fieldAt(budget.body, 'spec', 'selector'));
  const counts = [...pods.matching(budget.namespace, selector)].map(({ object }) => replicas.least(object));
  if (counts.length === 0) return undefined;
  return counts.reduce((sum, count) => (sum === undefined || count === undefined ? undefined : sum + count), 0);
}

/** Whether no pod may go while all are well, because of how many there are. */
function isBlocking(minAvailable: unknown, count: number): boolean {
  const asked = parseIntOrPercent(minAvailable);
  if (asked === undefined || (asked.isPercent && asked.size >= 100)) return false;
  // Kubernetes rounds shares up (`pkg/controller/disruption`).
  return (asked.isPercent ? Math.ceil((count * asked.size) / 100) : asked.size) >= count;
}
