/** Metrics did not reach where they are pushed to. What is pushed next has all of it, as metrics are cumulative. */
export class MetricsPushError extends Error {
  override readonly name = 'MetricsPushError';

  constructor(cause: Error) {
    super(`metrics could not be pushed: ${cause.message}`, { cause });
  }
}
