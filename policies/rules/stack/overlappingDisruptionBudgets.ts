import { fieldAt } from '../../kubernetes/fields.ts';
import { labelSelectorOf } from '../../kubernetes/labelSelector.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import { eachObject } from '../../problems.ts';
import { stackRule, type Problem } from '../../rule.ts';
import { documents, manifest } from '../exampleYaml.ts';
import { podsOf } from '../gather.ts';
import { budgetExample, specOf, workloadExample } from './stackExamples.ts';

const second = (label: string) =>
  manifest(
    'policy/v1',
    'PodDisruptionBudget',
    'all',
    specOf([`selector: { matchLabels: { ${label} } }`, 'maxUnavailable: 1']),
  );
const deployment = workloadExample({ labels: 'app: shop, tier: web' });

/** No pod belongs to two budgets. */
export const overlappingDisruptionBudgets = stackRule({
  name: 'overlapping-disruption-budgets',
  asks: 'No two PodDisruptionBudgets select the same pods.',
  severity: 'high',
  level: 'mandatory',
  rationale: 'The eviction API refuses to move a pod that more than one budget selects: every drain fails.',
  link: 'https://kubernetes.io/docs/tasks/run-application/configure-pdb/#arbitrary-controllers-and-selectors',
  passes: documents(deployment, budgetExample('maxUnavailable: 1'), second('tier: store')),
  fails: documents(deployment, budgetExample('maxUnavailable: 1'), second('tier: web')),
  *check(objects) {
    const pods = yield* podsOf(objects);
    const owners = new Map<KubernetesObject, KubernetesObject>();
    const budgets = objects.filter((object) => object.is('PodDisruptionBudget', 'policy'));
    yield* eachObject(budgets, function* (budget): Iterable<Problem> {
      const selector = labelSelectorOf(fieldAt(budget.body, 'spec', 'selector'));
      const reported = new Set<KubernetesObject>();
      for (const { object } of pods.matching(budget.namespace, selector)) {
        const owner = owners.get(object);
        if (owner === undefined) owners.set(object, budget);
        else if (!reported.has(owner)) {
          reported.add(owner);
          yield {
            path: 'spec.selector',
            problem: `selects the pods of ${object.identity}, as ${owner.identity} does: only one budget may`,
            fix: 'a selector that no other budget shares, or one budget less',
          };
        }
      }
    });
  },
});
