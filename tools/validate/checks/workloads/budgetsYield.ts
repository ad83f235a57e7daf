import { readBlockingBudgets } from '../../../kube/disruptionBudgets.ts';
import { describeProblem } from '../../../kube/workload.ts';
import type { Check } from '../../check.ts';
import { describeObject } from '../../declaredObject.ts';
import type { Finding } from '../../finding.ts';
import { judgeProblems } from './judgeProblems.ts';

/** Nodes can be drained. */
export const budgetsYield: Check = {
  id: 'budgets-yield',
  component: 'workloads',
  title: 'no disruption budget keeps a node from being drained',
  applies: async (deployment) => (await deployment.declared()).some(({ kind }) => kind === 'PodDisruptionBudget'),
  run: async ({ deployment }): Promise<readonly Finding[]> => {
    const [kube, namespaces, declared] = await Promise.all([
      deployment.kube(),
      deployment.namespaces(),
      deployment.declared(),
    ]);
    const budgets = declared.filter(({ kind }) => kind === 'PodDisruptionBudget');
    const live = await Promise.all(budgets.map((object) => deployment.live(object)));
    const subjects = budgets.filter((_, index) => live[index] !== undefined).map(describeObject);
    const problems = await Promise.all(namespaces.map((namespace) => readBlockingBudgets(kube, namespace)));
    return judgeProblems(subjects, problems.flat(), {
      expected: 'lets a pod go, unless one is missing already',
      describe: describeProblem,
      mend: 'mend what the sentence names; until then `kubectl drain` waits for ever',
    });
  },
};
