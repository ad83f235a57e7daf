import { fieldAt, isPresent, number } from '../../kubernetes/fields.ts';
import { objectRule } from '../../rule.ts';
import { deploymentWith } from '../exampleYaml.ts';
import { valueState } from '../valueState.ts';

/** What serves requests runs more than once. */
export const replicas = objectRule({
  name: 'replicas',
  asks: 'Deployments and StatefulSets run more than one pod.',
  severity: 'medium',
  level: 'advisory',
  levels: { dev: 'disabled', prod: 'mandatory' },
  rationale:
    'A single pod is away while its node is drained, and while it is replaced. 0 replicas are no breach: somebody has scaled down on purpose. Neither are replicas that are left out, which mean 1 or that an autoscaler decides: a rule about one object cannot see which.',
  link: 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#scaling-a-deployment',
  passes: deploymentWith('replicas: 2'),
  fails: deploymentWith('replicas: 1'),
  parameters: {
    minimum: { type: 'integer', description: 'The lowest number of pods.', default: 2, minimum: 1 },
    missingCounts: {
      type: 'boolean',
      description: 'Whether replicas that are left out count as 1. For those who use no autoscalers.',
      default: false,
    },
  },
  *check(object, { minimum, missingCounts }) {
    if (!object.is('Deployment', 'apps') && !object.is('StatefulSet', 'apps')) return;
    const value = fieldAt(object.body, 'spec', 'replicas');
    if (value === 0 || (!isPresent(value) && !missingCounts)) return;
    const count = number(isPresent(value) ? value : 1);
    if (count !== undefined && count >= minimum) return;
    yield {
      path: 'spec.replicas',
      problem: `${valueState(value)}: it must be ${minimum} or more, or 0`,
      fix: `replicas: ${minimum}`,
    };
  },
});
