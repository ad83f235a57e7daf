import type { KubernetesObject } from '../kubernetes/object.ts';
import { PodIndex } from '../kubernetes/podIndex.ts';
import { Replicas } from '../kubernetes/replicas.ts';
import { eachObject } from '../problems.ts';
import type { StackProblem } from '../rule.ts';

/**
 * Hands objects to what gathers them. One with a value that a preview cannot know is a problem, and hides no other.
 *
 * @param add - May throw an UnknownFieldError.
 */
export function gather(
  objects: Iterable<KubernetesObject>,
  add: (object: KubernetesObject) => void,
): Iterable<StackProblem> {
  return eachObject(objects, (object) => {
    add(object);
    return [];
  });
}

/** The pods of a set: `const pods = yield* podsOf(objects)`. */
export function* podsOf(objects: readonly KubernetesObject[]): Generator<StackProblem, PodIndex> {
  const pods = new PodIndex();
  yield* gather(objects, (object) => pods.add(object));
  return pods;
}

/** How many pods the workloads of a set have. */
export function* replicasOf(objects: readonly KubernetesObject[]): Generator<StackProblem, Replicas> {
  const replicas = new Replicas();
  yield* gather(objects, (object) => replicas.add(object));
  return replicas;
}
