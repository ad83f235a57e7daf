import { pathOf, UnknownFieldError } from './kubernetes/unknown.ts';
import type { KubernetesObject } from './kubernetes/object.ts';
import type { Container } from './kubernetes/workloads.ts';
import type { Problem, StackProblem } from './rule.ts';

/** What is wrong with a container: the field is seen from the container (`resources.limits.cpu`). */
export type ContainerProblem = Omit<Problem, 'container' | 'unknown'>;

/**
 * Checks every container of an object that has some; a value that a preview cannot know in one of them hides no other.
 * @param check - Says what is wrong with one.
 */
export function* eachContainer(
  object: KubernetesObject,
  check: (container: Container) => Iterable<ContainerProblem>,
): Iterable<Problem> {
  for (const container of object.workload?.containers ?? [])
    yield* untilUnknown(container.spec, container.path, containerProblems(container, check), container.name);
}

/** Checks objects one after the other; a value that a preview cannot know in one of them hides no other. */
export function* eachObject(
  objects: Iterable<KubernetesObject>,
  check: (object: KubernetesObject) => Iterable<Problem>,
): Iterable<StackProblem> {
  for (const object of objects)
    for (const problem of untilUnknown(object.body, '', lazily(object, check))) yield { ...problem, object };
}

/** What a check said before it met a value that a preview cannot know, and then that. @throws what else the check throws. */
export function* untilUnknown(
  value: unknown,
  path: string,
  problems: Iterable<Problem>,
  container?: string,
): Iterable<Problem> {
  try {
    yield* problems;
  } catch (error) {
    if (!(error instanceof UnknownFieldError)) throw error;
    yield { ...unknownProblem(value, path, error), ...(container === undefined ? {} : { container }) };
  }
}

function* containerProblems(
  container: Container,
  check: (container: Container) => Iterable<ContainerProblem>,
): Iterable<Problem> {
  for (const problem of check(container))
    yield { ...problem, path: joined(container.path, problem.path), container: container.name };
}

// A check that is no generator must be called inside the `try` as well.
function* lazily(object: KubernetesObject, check: (object: KubernetesObject) => Iterable<Problem>): Iterable<Problem> {
  yield* check(object);
}

function unknownProblem(value: unknown, path: string, { field, holder }: UnknownFieldError): Problem {
  return {
    path: joined(path, joined(pathOf(holder, value) ?? '', field)),
    problem: 'is known only after the deployment, so that the rule could not run',
    fix: "a value that does not depend on another resource's outputs",
    unknown: true,
  };
}

function joined(path: string, field: string): string {
  if (path === '' || field === '') return path + field;
  return field.startsWith('[') ? path + field : `${path}.${field}`;
}
