import { objectRule } from '../../rule.ts';
import { podWith } from '../exampleYaml.ts';
import { podFieldProblems } from './podField.ts';
import { serviceAccountOf } from './serviceAccountOf.ts';

/** Pods get no token for the Kubernetes API. */
export const serviceAccountToken = objectRule({
  name: 'service-account-token',
  asks: 'Pods that do not call the Kubernetes API get no token for it.',
  severity: 'medium',
  level: 'advisory',
  rationale:
    'Whoever gets into a container that holds a token may do whatever its ServiceAccount may. A pod says it itself, because its own field goes before that of its ServiceAccount.',
  link: 'https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#opt-out-of-api-credential-automounting',
  passes: podWith('automountServiceAccountToken: false'),
  fails: podWith('automountServiceAccountToken: true'),
  parameters: {
    serviceAccounts: {
      type: 'array',
      description: 'Names of ServiceAccounts whose pods call the Kubernetes API, so that they may have a token.',
      default: [],
      items: { type: 'string', minLength: 1 },
    },
  },
  *check(object, { serviceAccounts }) {
    if (serviceAccounts.includes(serviceAccountOf(object.workload) ?? 'default')) return;
    yield* podFieldProblems(object, {
      name: 'automountServiceAccountToken',
      isRight: (value) => value === false,
      must: 'be false',
      fix: 'automountServiceAccountToken: false',
    });
  },
});
