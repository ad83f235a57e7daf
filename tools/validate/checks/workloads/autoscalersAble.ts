import type { KubernetesObject, V2HorizontalPodAutoscalerStatus } from '@kubernetes/client-node';
import { autoscalerProblem, readMetricsLack } from '../../../kube/autoscalers.ts';
import type { Check } from '../../check.ts';
import { describeObject } from '../../declaredObject.ts';
import type { Finding } from '../../finding.ts';
import { judgeLive } from '../objects/judgeLive.ts';

const expected = 'able to scale';

/** Autoscalers have figures to go by. */
export const autoscalersAble: Check = {
  id: 'autoscalers-able',
  component: 'workloads',
  title: 'every autoscaler can see the load and change the number of pods',
  applies: async (deployment) => (await deployment.declared()).some(({ kind }) => kind === 'HorizontalPodAutoscaler'),
  run: async ({ deployment }): Promise<readonly Finding[]> => {
    const [lack, declared] = await Promise.all([deployment.kube().then(readMetricsLack), deployment.declared()]);
    const autoscalers = declared.filter(({ kind }) => kind === 'HorizontalPodAutoscaler');
    const nowMillis = Date.now();
    return judgeLive(deployment, autoscalers, expected, (object, live) =>
      judgeAutoscaler(describeObject(object), live, lack, nowMillis),
    );
  },
};

/** What is read of an autoscaler. */
export interface FoundAutoscaler extends KubernetesObject {
  readonly status?: V2HorizontalPodAutoscalerStatus;
}

/** Judges an autoscaler by what Kubernetes says of it; that it is missing is told by objects-present. */
export function judgeAutoscaler(
  subject: string,
  live: FoundAutoscaler | undefined,
  lack: string | undefined,
  nowMillis: number,
): Finding[] {
  if (live === undefined) return [];
  const problem = autoscalerProblem(live, lack, nowMillis);
  if (problem !== undefined)
    return [
      {
        outcome: 'failed',
        subject,
        expected,
        found: problem,
        mend: 'install metrics-server, or see to what the sentence names',
      },
    ];
  const knows = live.status?.conditions?.some(({ type }) => type === 'ScalingActive') === true;
  if (knows) return [{ outcome: 'ok', subject, expected, found: expected }];
  return [
    {
      outcome: 'unchecked',
      subject,
      expected,
      found: 'Kubernetes has not looked at it yet: it says nothing of whether it can scale',
      mend: 'look again in a minute; `kubectl describe hpa` shows its conditions',
    },
  ];
}
