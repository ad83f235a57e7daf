/** What a `SamplingPollError` is made of. */
export interface SamplingPollErrorOptions {
  readonly serviceName: string;
  /** Where it was asked for, without credentials. */
  readonly url: string;
  /** How many questions in a row had no usable answer, this one included. */
  readonly failures: number;
  /** The sampler that stays in force, as text. */
  readonly inForce: string;
  readonly cause: unknown;
}

/** Jaeger did not say how to sample, or said what is no strategy. What was in force before stays so. */
export class SamplingPollError extends Error {
  override readonly name = 'SamplingPollError';
  readonly serviceName: string;
  readonly url: string;
  readonly failures: number;
  readonly inForce: string;

  constructor({ serviceName, url, failures, inForce, cause }: SamplingPollErrorOptions) {
    const times = failures === 1 ? '' : ` (${failures} times in a row)`;
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(
      `no sampling strategy of ${JSON.stringify(serviceName)} from ${url}${times}; ${inForce} stays in force: ${reason}`,
      { cause },
    );
    this.serviceName = serviceName;
    this.url = url;
    this.failures = failures;
    this.inForce = inForce;
  }
}
