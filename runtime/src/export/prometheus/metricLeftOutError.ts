/** What is left out, and why. */
export interface MetricLeftOutErrorOptions {
  readonly metric: string;
  readonly scope: string;
  readonly reason: string;
}

/** A metric, or some of its series, cannot be shown to Prometheus. */
export class MetricLeftOutError extends Error {
  override readonly name = 'MetricLeftOutError';
  /** The metric's name, as it was given. */
  readonly metric: string;
  /** The name of its instrumentation scope. */
  readonly scope: string;
  readonly reason: string;

  constructor({ metric, scope, reason }: MetricLeftOutErrorOptions) {
    super(`${metric} of ${JSON.stringify(scope)} is left out of what Prometheus gets: ${reason}`);
    this.metric = metric;
    this.scope = scope;
    this.reason = reason;
  }
}
