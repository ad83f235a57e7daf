import { CoreV1Api } from '@kubernetes/client-node';
import { configMapProblem } from '../../../up/samplingProblem.ts';
import type { Check } from '../../check.ts';

/** What collectors would take at their next look is strategies. */
export const samplingFile: Check = {
  id: 'sampling-file',
  component: 'sampling',
  title: 'the ConfigMap of sampling strategies holds what collectors can take',
  run: async ({ deployment }) => {
    const [kube, { namespace }] = await Promise.all([deployment.kube(), deployment.config()]);
    const fieldSelector = 'metadata.name=jaeger-sampling';
    const { items } = await kube.makeApiClient(CoreV1Api).listNamespacedConfigMap({ namespace, fieldSelector });
    const problem = configMapProblem(items[0]);
    const seen = { subject: `ConfigMap ${namespace}/jaeger-sampling`, expected: 'strategies' };
    if (problem === undefined) return [{ outcome: 'ok', ...seen, found: 'strategies' }];
    return [{ outcome: 'failed', ...seen, found: problem, mend: '`npm run up` writes it anew' }];
  },
};
