/** One thing that is wrong in the configuration. */
export interface ConfigProblem {
  /** Where: a property path such as `sampling.services[0].param`. */
  readonly key: string;
  /** What stands there, as JSON; missing for absent values, unknown keys and secrets. */
  readonly value?: string;
  /** What is allowed. */
  readonly message: string;
}

/** The configuration of a stack has problems; all of them are listed. */
export class StackConfigError extends Error {
  override readonly name = 'StackConfigError';
  /** Every problem, in the order of the keys. */
  readonly problems: readonly ConfigProblem[];
  /** The stack whose configuration it is. */
  readonly stackName: string;

  constructor(stack: string, problems: readonly ConfigProblem[]) {
    const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
    super(`${count} in the configuration of stack "${stack}":\n${problems.map(problemLine).join('\n')}`);
    this.stackName = stack;
    this.problems = problems;
  }
}

/** A problem as one line of an error message. */
export function problemLine({ key, value, message }: ConfigProblem): string {
  return `  ${key}${value === undefined ? '' : ` = ${value}`}: ${message}`;
}
