import { fieldAt, isRecord } from '../../kubernetes/fields.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import { eachContainer, untilUnknown, type ContainerProblem } from '../../problems.ts';
import type { Problem } from '../../rule.ts';

const containerLists = new Set(['initContainers', 'containers', 'ephemeralContainers']);

/**
 * Checks what the pods of an object say beside their containers; a value that a preview cannot know hides nothing in a container.
 * @param check - Gets the pods' `spec` without its containers; its fields are seen from there: `securityContext.runAsUser`.
 */
export function* inPod(
  { workload }: KubernetesObject,
  check: (podSpec: unknown) => Iterable<ContainerProblem>,
): Iterable<Problem> {
  if (workload === undefined) return;
  const { podSpec, podPath } = workload;
  const own = isRecord(podSpec)
    ? Object.fromEntries(Object.entries(podSpec).filter(([name]) => !containerLists.has(name)))
    : undefined;
  yield* untilUnknown(own, podPath, placed(podPath, check(own)));
}

/**
 * Checks the pods of an object and each of their containers, for fields that stand at the same place in both:
 * `securityContext.runAsUser`.
 */
export function* inPodAndContainers(
  object: KubernetesObject,
  check: (spec: unknown) => Iterable<ContainerProblem>,
): Iterable<Problem> {
  yield* inPod(object, check);
  yield* eachContainer(object, ({ spec }) => check(spec));
}

/** Whether the pods say that they are made for Windows. What only Linux has is not asked of them. @throws UnknownFieldError */
export function isForWindows({ workload }: KubernetesObject): boolean {
  return fieldAt(workload?.podSpec, 'os', 'name') === 'windows';
}

function* placed(podPath: string, problems: Iterable<ContainerProblem>): Iterable<Problem> {
  for (const problem of problems) yield { ...problem, path: `${podPath}.${problem.path}` };
}
