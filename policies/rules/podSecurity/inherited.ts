import { fieldAt, isPresent } from '../../kubernetes/fields.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import { eachContainer, type ContainerProblem } from '../../problems.ts';
import type { Problem } from '../../rule.ts';
import { inPod } from './inPod.ts';

/** A field of a `securityContext` that each container must have, by itself or from its pod. */
export interface InheritedField {
  readonly name: string;
  /** Says what is wrong with the field where it is set, from the pod's `spec` or the container. */
  readonly wrong: (spec: unknown) => Iterable<ContainerProblem>;
  /** What it must be, after "it must be". */
  readonly must: string;
  readonly fix: string;
}

/**
 * Says where such a field is wrong, and which containers have it neither themselves nor from their pod. A wrong one of the pod is wrong
 * even where each container has its own; it is said once, not for each container.
 */
export function* inheritedProblems(object: KubernetesObject, field: InheritedField): Iterable<Problem> {
  const { name, wrong, must, fix } = field;
  const isSet = (spec: unknown): boolean => isPresent(fieldAt(spec, 'securityContext', name));
  // Stays so where a preview cannot know: that is said of the pod already.
  let podHasIt = true;
  yield* inPod(object, function* (podSpec) {
    podHasIt = isSet(podSpec);
    yield* wrong(podSpec);
  });
  yield* eachContainer(object, function* ({ spec }) {
    if (isSet(spec)) yield* wrong(spec);
    else if (!podHasIt)
      yield {
        path: `securityContext.${name}`,
        problem: `is missing, here and in the securityContext of the pod: it must be ${must}`,
        fix: `${fix}, here or in the pod`,
      };
  });
}
