import type { ResourceValidation } from '@pulumi/policy';
import { workloadsOf, type Workload, type WorkloadContainer } from '../../kubernetes/workloads.ts';

/** What is wrong with a field of a container. */
export interface Violation {
  /** The field, seen from its container: `resources.limits.cpu`. */
  readonly field: string;
  /** What is wrong, and what is allowed. */
  readonly problem: string;
  /** The field as it should be written. */
  readonly example: string;
}

/**
 * Makes a check of containers a policy's validation of every workload. What is said of a value that a preview cannot know:
 * see {@link validateWorkloads}.
 */
export function validateContainers(check: (container: WorkloadContainer) => readonly Violation[]): ResourceValidation {
  return validateWorkloads(({ containers }) =>
    containers.flatMap((container) => check(container).map((violation) => inContainer(container, violation))),
  );
}

/** A violation as {@link validateWorkloads} takes it. */
export function inContainer(container: WorkloadContainer, { field, problem, example }: Violation): string {
  return `, container "${container.name}": ${container.path}.${field} ${problem}. Example: ${example}`;
}

/**
 * Makes a check of workloads a policy's validation.
 *
 * A value that is known only after the deployment would make Pulumi report a mandatory policy as an advice that "can't
 * run", and let the preview pass. It is reported as a violation instead.
 *
 * @param check - Says what is wrong, as it goes on after the object's kind and name.
 */
export function validateWorkloads(check: (workload: Workload) => readonly string[]): ResourceValidation {
  return ({ type, name, props }, reportViolation) => {
    const object = `${type.slice(type.lastIndexOf(':') + 1)} "${name}"`;
    try {
      for (const problem of workloadsOf(type, props).flatMap(check)) reportViolation(object + problem);
    } catch (error) {
      if (!isUnknownValue(error)) throw error;
      reportViolation(
        `${object}: ${error.message}, so it cannot be checked. Give it a value that does not depend on another resource's outputs.`,
      );
    }
  };
}

/** Pulumi's `UnknownValueError`, whose type its package does not publish. */
function isUnknownValue(error: unknown): error is Error {
  return error instanceof Error && 'unknownTypeSentinel' in error;
}
