import { fieldAt } from '../../kubernetes/fields.ts';
import { labelSelectorOf } from '../../kubernetes/labelSelector.ts';
import { eachObject } from '../../problems.ts';
import { stackRule, type Problem } from '../../rule.ts';
import { documents } from '../exampleYaml.ts';
import { podsOf } from '../gather.ts';
import { budgetExample, workloadExample } from './stackExamples.ts';

/** A budget selects some pods. */
export const disruptionBudgetTarget = stackRule({
  name: 'disruption-budget-target',
  asks: 'Every PodDisruptionBudget selects pods of its namespace.',
  severity: 'medium',
  level: 'advisory',
  rationale:
    'A budget that selects nothing protects nothing, and nobody notices before a drain. It may be for pods that are made elsewhere.',
  link: 'https://kubernetes.io/docs/tasks/run-application/configure-pdb/',
  passes: documents(workloadExample(), budgetExample('maxUnavailable: 1')),
  fails: documents(workloadExample({ labels: 'app: store' }), budgetExample('maxUnavailable: 1')),
  *check(objects) {
    const pods = yield* podsOf(objects);
    const budgets = objects.filter((object) => object.is('PodDisruptionBudget', 'policy'));
    yield* eachObject(budgets, function* ({ body, namespace }): Iterable<Problem> {
      if (pods.first(namespace, labelSelectorOf(fieldAt(body, 'spec', 'selector'))) !== undefined) return;
      yield {
        path: 'spec.selector',
        problem: 'selects no pods of the set: it must match labels of pods in its namespace',
        fix: "selector: the workload's own spec.selector",
      };
    });
  },
});
