import { field, fieldAt, isPresent, shown } from '../../kubernetes/fields.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import { eachObject } from '../../problems.ts';
import { stackRule, type Problem } from '../../rule.ts';
import { deploymentWith, documents, manifest } from '../exampleYaml.ts';

const autoscaler = manifest(
  'autoscaling/v2',
  'HorizontalPodAutoscaler',
  'shop',
  'spec: { scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: shop }, minReplicas: 2, maxReplicas: 5 }',
);

/** What an autoscaler scales says no number of pods by itself. */
export const hpaReplicas = stackRule({
  name: 'hpa-replicas',
  asks: 'What a HorizontalPodAutoscaler scales has no `replicas` of its own.',
  severity: 'medium',
  level: 'mandatory',
  rationale: 'Each deployment would set the number back, and take pods away while they are needed most.',
  link: 'https://kubernetes.io/docs/concepts/workloads/autoscaling/horizontal-pod-autoscale/',
  passes: documents(deploymentWith(), autoscaler),
  fails: documents(deploymentWith('replicas: 3'), autoscaler),
  *check(objects) {
    const scaled = new Set(
      objects.filter((object) => object.is('HorizontalPodAutoscaler', 'autoscaling')).map(targetOf),
    );
    yield* eachObject(objects, function* (object): Iterable<Problem> {
      const replicas = fieldAt(object.body, 'spec', 'replicas');
      if (!scaled.has(keyOf(object.namespace, object.kind, object.name)) || !isPresent(replicas)) return;
      yield {
        path: 'spec.replicas',
        problem: `is ${shown(replicas)}, though a HorizontalPodAutoscaler decides the number: it must not be set`,
        fix: 'leave spec.replicas out',
      };
    });
  },
});

function targetOf({ body, namespace }: KubernetesObject): string {
  const target = fieldAt(body, 'spec', 'scaleTargetRef');
  return keyOf(namespace, field(target, 'kind'), field(target, 'name'));
}

function keyOf(namespace: string, kind: unknown, name: unknown): string {
  return JSON.stringify([namespace, kind, name]);
}
