/** What a `SamplingStrategyError` is made of. */
export interface SamplingStrategyErrorOptions {
  /** Where in the answer it is, by its path; empty for the whole answer. */
  readonly path: string;
  /** What is there, as text. */
  readonly found: string;
  /** What is allowed there. */
  readonly allowed: string;
  readonly cause?: unknown;
}

/** An answer of Jaeger's sampling endpoint that is no strategy. */
export class SamplingStrategyError extends Error {
  override readonly name = 'SamplingStrategyError';
  readonly path: string;
  readonly found: string;
  readonly allowed: string;

  constructor({ path, found, allowed, cause }: SamplingStrategyErrorOptions) {
    super(`${path === '' ? 'the answer' : path} is ${found}; allowed: ${allowed}`, { cause });
    this.path = path;
    this.found = found;
    this.allowed = allowed;
  }
}
