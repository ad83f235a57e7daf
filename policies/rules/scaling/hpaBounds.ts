import { fieldAt, isPresent, number } from '../../kubernetes/fields.ts';
import { objectRule } from '../../rule.ts';
import { valueState } from '../valueState.ts';
import { autoscalerWith } from './scalingExamples.ts';

/** An autoscaler keeps more than one pod, and has room to add some. */
export const hpaBounds = objectRule({
  name: 'hpa-bounds',
  asks: 'An autoscaler keeps more than one pod, and may add to them.',
  severity: 'medium',
  level: 'advisory',
  levels: { prod: 'mandatory' },
  rationale:
    'With one pod, nothing answers while it is replaced; and where the most pods are as many as the least, nothing is scaled.',
  link: 'https://kubernetes.io/docs/concepts/workloads/autoscaling/horizontal-pod-autoscale/',
  passes: autoscalerWith('minReplicas: 2', 'maxReplicas: 5'),
  fails: autoscalerWith('minReplicas: 2', 'maxReplicas: 2'),
  parameters: {
    minimum: { type: 'integer', description: 'The lowest number of pods that it may keep.', default: 2, minimum: 0 },
  },
  *check(object, { minimum }) {
    if (!object.is('HorizontalPodAutoscaler', 'autoscaling')) return;
    const least = fieldAt(object.body, 'spec', 'minReplicas');
    const most = fieldAt(object.body, 'spec', 'maxReplicas');
    const kept = number(isPresent(least) ? least : 1);
    if (kept === undefined || kept < minimum)
      yield {
        path: 'spec.minReplicas',
        problem: `${isPresent(least) ? valueState(least) : 'is missing, so that it is 1'}: it must be ${minimum} or more`,
        fix: `minReplicas: ${minimum}`,
      };
    if ((number(most) ?? 0) > (kept ?? 1)) return;
    yield {
      path: 'spec.maxReplicas',
      problem: `${valueState(most)}: it must be above spec.minReplicas, which is ${kept ?? 'none'}`,
      fix: `maxReplicas: ${Math.max(kept ?? 1, minimum) + 3}`,
    };
  },
});
