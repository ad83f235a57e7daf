/** One thing that is wrong with a configuration. */
export interface ConfigurationProblem {
  /** The option, by its path in the options object: `batch.maxQueueSize`. */
  readonly option: string;
  /** The value that was given, as text. A secret is masked: `***`. */
  readonly value: string;
  /** Where the value came from: `options`, the name of an environment variable or the path in the stack outputs. */
  readonly source: string;
  /** What is allowed, and where it helps, why. */
  readonly allowed: string;
  /** What to do, where that is not plain from what is allowed. */
  readonly remedy?: string;
}

/**
 * A configuration that cannot be used. It carries every problem at once, so that one run is enough to mend them all.
 * The message names option, value, source and what is allowed, one problem a line. No secret is in it.
 */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
  /** Every problem that was found, in the order of the options. Never empty. */
  readonly problems: readonly ConfigurationProblem[];

  /** @param subject - what is configured */
  constructor(problems: readonly ConfigurationProblem[], subject = 'tracing') {
    super(describe(problems, subject));
    this.problems = problems;
  }
}

function describe(problems: readonly ConfigurationProblem[], subject: string): string {
  const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
  const lines = problems.map(
    ({ option, value, source, allowed, remedy }) =>
      `  ${option}: ${value} (${source}); allowed: ${allowed}${remedy === undefined ? '' : `; ${remedy}`}`,
  );
  return [`The ${subject} configuration has ${count}:`, ...lines].join('\n');
}
