import type { ResourceValidation } from '@pulumi/policy';
import { workloadsOf, type WorkloadContainer } from '../../kubernetes/workloads.ts';

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
 * Makes a check of containers a policy's validation of every workload.
 *
 * A value that is known only after the deployment would make Pulumi report a mandatory policy as an advice that "can't
 * run", and let the preview pass. It is reported as a violation instead.
 */
export function validateContainers(check: (container: WorkloadContainer) => readonly Violation[]): ResourceValidation {
  return ({ type, name, props }, reportViolation) => {
    const kind = type.slice(type.lastIndexOf(':') + 1);
    try {
      for (const container of workloadsOf(type, props).flatMap((workload) => workload.containers)) {
        for (const { field, problem, example } of check(container)) {
          reportViolation(
            `${kind} "${name}", container "${container.name}": ${container.path}.${field} ${problem}. Example: ${example}`,
          );
        }
      }
    } catch (error) {
      if (!isUnknownValue(error)) throw error;
      reportViolation(
        `${kind} "${name}": ${error.message}, so it cannot be checked. Give it a value that does not depend on another resource's outputs.`,
      );
    }
  };
}

/** Pulumi's `UnknownValueError`, whose type its package does not publish. */
function isUnknownValue(error: unknown): error is Error {
  return error instanceof Error && 'unknownTypeSentinel' in error;
}
