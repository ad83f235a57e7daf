import { scaleTargetOf, groupOf } from '../../kubernetes/replicas.ts';
import { eachObject } from '../../problems.ts';
import { stackRule, type Problem } from '../../rule.ts';
import { documents } from '../exampleYaml.ts';
import { autoscalerExample, workloadExample } from './stackExamples.ts';

/** What an autoscaler scales is there. */
export const hpaTarget = stackRule({
  name: 'hpa-target',
  asks: 'What a HorizontalPodAutoscaler scales is in the set, in its namespace.',
  severity: 'medium',
  level: 'advisory',
  rationale:
    'An autoscaler whose target is misspelt scales nothing, and says so only in its status. The target may be made elsewhere, by an operator or another program.',
  link: 'https://kubernetes.io/docs/concepts/workloads/autoscaling/horizontal-pod-autoscale/',
  passes: documents(workloadExample(), autoscalerExample()),
  fails: documents(workloadExample({ name: 'store' }), autoscalerExample()),
  *check(objects) {
    const known = new Set<string>();
    for (const { namespace, kind, name, apiVersion } of objects) {
      known.add(JSON.stringify([namespace, kind, groupOf(apiVersion), name]));
      known.add(JSON.stringify([namespace, kind, null, name]));
    }
    const autoscalers = objects.filter((object) => object.is('HorizontalPodAutoscaler', 'autoscaling'));
    yield* eachObject(autoscalers, function* (autoscaler): Iterable<Problem> {
      const { kind, name, group } = scaleTargetOf(autoscaler);
      if (known.has(JSON.stringify([autoscaler.namespace, kind, group ?? null, name]))) return;
      yield {
        path: 'spec.scaleTargetRef',
        problem: `is ${kind} "${name}", which the set does not have in this namespace: it must name what is scaled`,
        fix: 'scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: a Deployment of the namespace }',
      };
    });
  },
});
