import { entries, fieldAt } from '../../kubernetes/fields.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import type { PodIndex } from '../../kubernetes/podIndex.ts';
import { eachObject } from '../../problems.ts';
import { stackRule, type Problem } from '../../rule.ts';
import { documents } from '../exampleYaml.ts';
import { gather, podsOf } from '../gather.ts';
import { workloadExample } from './stackExamples.ts';
import { workloadSelectorOf } from './workloadSelector.ts';

const shop = workloadExample({ labels: 'app: shop', selector: 'app: shop' });
const worker = (app: string) =>
  workloadExample({ name: 'worker', labels: `app: ${app}, role: worker`, selector: 'role: worker' });

/** No workload selects the pods of another. */
export const overlappingSelectors = stackRule({
  name: 'overlapping-selectors',
  asks: 'No workload selects the pods of another one of its namespace.',
  severity: 'high',
  level: 'mandatory',
  rationale: 'Controllers, autoscalers and budgets count the pods of others as their own, and each may take them away.',
  link: 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#label-selector-updates',
  passes: documents(shop, worker('worker')),
  fails: documents(shop, worker('shop')),
  *check(objects) {
    const workloads: KubernetesObject[] = [];
    yield* gather(objects, (object) => {
      if (!isOwned(object) && workloadSelectorOf(object) !== undefined) workloads.push(object);
    });
    const pods = yield* podsOf(workloads);
    yield* eachObject(workloads, (object) => overlapOf(object, pods));
  },
});

/** Whether another object made it: a ReplicaSet of a Deployment shares its pods, as it should. */
function isOwned({ body }: KubernetesObject): boolean {
  return entries(fieldAt(body, 'metadata', 'ownerReferences')).length > 0;
}

function* overlapOf(object: KubernetesObject, pods: PodIndex): Iterable<Problem> {
  for (const { object: other } of pods.matching(object.namespace, workloadSelectorOf(object))) {
    // The same object twice is `duplicate-objects`' affair.
    if (other.identity === object.identity) continue;
    yield {
      path: 'spec.selector',
      problem: `selects the pods of ${other.identity}: it must select none but its own`,
      fix: 'a label that only its own pods have, in the selector and in the template',
    };
    return;
  }
}
