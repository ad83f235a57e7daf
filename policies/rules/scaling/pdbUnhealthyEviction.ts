import { fieldAt } from '../../kubernetes/fields.ts';
import { objectRule } from '../../rule.ts';
import { valueState } from '../valueState.ts';
import { budgetWith } from './scalingExamples.ts';

const budget = ['selector: { matchLabels: { app: shop } }', 'maxUnavailable: 1'];

/** Pods that do not work stop no drain. */
export const pdbUnhealthyEviction = objectRule({
  name: 'pdb-unhealthy-eviction',
  asks: 'A disruption budget lets pods go that are not ready.',
  severity: 'low',
  level: 'advisory',
  rationale:
    'By default a pod that hangs in a crash loop counts as away and may not be evicted, so that a drain of its node waits for ever.',
  link: 'https://kubernetes.io/docs/tasks/run-application/configure-pdb/#unhealthy-pod-eviction-policy',
  passes: budgetWith(...budget, 'unhealthyPodEvictionPolicy: AlwaysAllow'),
  fails: budgetWith(...budget, 'unhealthyPodEvictionPolicy: IfHealthyBudget'),
  *check(object) {
    if (!object.is('PodDisruptionBudget', 'policy')) return;
    const value = fieldAt(object.body, 'spec', 'unhealthyPodEvictionPolicy');
    if (value === 'AlwaysAllow') return;
    yield {
      path: 'spec.unhealthyPodEvictionPolicy',
      problem: `${valueState(value)}: it must be "AlwaysAllow"`,
      fix: 'unhealthyPodEvictionPolicy: "AlwaysAllow"',
    };
  },
});
