import { fieldAt, isPresent, shown } from '../../kubernetes/fields.ts';
import { eachObject } from '../../problems.ts';
import { stackRule, type Problem } from '../../rule.ts';
import { deploymentWith, documents, manifest } from '../exampleYaml.ts';
import { replicasOf } from '../gather.ts';

const autoscaler = manifest(
  'autoscaling/v2',
  'HorizontalPodAutoscaler',
  'shop',
  'spec: { scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: shop }, minReplicas: 2, maxReplicas: 5 }',
);

/** What an autoscaler scales says no number of pods by itself. */
export const hpaReplicas = stackRule({
  name: 'hpa-replicas',
  asks: 'What a HorizontalPodAutoscaler or a ScaledObject of KEDA scales has no `replicas` of its own.',
  severity: 'medium',
  level: 'mandatory',
  rationale: 'Each deployment would set the number back, and take pods away while they are needed most.',
  link: 'https://kubernetes.io/docs/concepts/workloads/autoscaling/horizontal-pod-autoscale/',
  passes: documents(deploymentWith(), autoscaler),
  fails: documents(deploymentWith('replicas: 3'), autoscaler),
  *check(objects) {
    const scaling = yield* replicasOf(objects);
    yield* eachObject(objects, function* (object): Iterable<Problem> {
      const scaler = scaling.autoscalerOf(object);
      if (scaler === undefined) return;
      const replicas = fieldAt(object.body, 'spec', 'replicas');
      if (!isPresent(replicas)) return;
      yield {
        path: 'spec.replicas',
        problem: `is ${shown(replicas)}, though a ${scaler.kind} decides the number: it must not be set`,
        fix: 'leave spec.replicas out',
      };
    });
  },
});
