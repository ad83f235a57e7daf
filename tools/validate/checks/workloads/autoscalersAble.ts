import { listBlindAutoscalers } from '../../../kube/autoscalers.ts';
import { describeProblem } from '../../../kube/workload.ts';
import type { Check } from '../../check.ts';
import { describeObject } from '../../declaredObject.ts';
import type { Finding } from '../../finding.ts';
import { judgeProblems } from './judgeProblems.ts';

/** Autoscalers have figures to go by. */
export const autoscalersAble: Check = {
  id: 'autoscalers-able',
  component: 'workloads',
  title: 'every autoscaler can see the load and change the number of pods',
  applies: async (deployment) => (await deployment.declared()).some(({ kind }) => kind === 'HorizontalPodAutoscaler'),
  run: async ({ deployment }): Promise<readonly Finding[]> => {
    const [kube, namespaces, declared] = await Promise.all([
      deployment.kube(),
      deployment.namespaces(),
      deployment.declared(),
    ]);
    const subjects = declared.filter(({ kind }) => kind === 'HorizontalPodAutoscaler').map(describeObject);
    return judgeProblems(subjects, await listBlindAutoscalers(kube, namespaces), {
      expected: 'able to scale',
      describe: describeProblem,
      mend: 'install metrics-server, or see to what the sentence names',
    });
  },
};
