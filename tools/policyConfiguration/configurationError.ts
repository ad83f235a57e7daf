/** A mistake in a configuration of policies, and where it stands. */
export interface ConfigurationProblem {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** `rules.host-ports.level = "madatory": must be one of …`. */
  readonly message: string;
}

/** A configuration of policies cannot be used; all of its mistakes are listed. */
export class PolicyConfigurationError extends Error {
  override readonly name = 'PolicyConfigurationError';
  readonly problems: readonly ConfigurationProblem[];

  constructor(problems: readonly ConfigurationProblem[]) {
    const lines = problems.map(({ file, line, message }) => `${file}:${line}: ${message}`);
    super(`${problems.length === 1 ? '1 problem' : `${problems.length} problems`}\n${lines.join('\n')}`);
    this.problems = problems;
  }
}
