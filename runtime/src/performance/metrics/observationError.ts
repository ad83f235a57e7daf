/** A callback gave no values in a round: its metrics, where nothing else observes them, have no series then. */
export class ObservationError extends Error {
  override readonly name = 'ObservationError';
  /** The names of the metrics that the callback observes. */
  readonly metrics: readonly string[];

  /** @param problem - what became of the callback, in words */
  constructor(metrics: readonly string[], problem: string, options?: ErrorOptions) {
    super(`the callback that observes ${metrics.join(', ')} ${problem}`, options);
    this.metrics = metrics;
  }
}
