/** The person at the terminal, or the system, asked the run to end. */
export class StoppedBySignalError extends Error {
  override readonly name = 'StoppedBySignalError';
  readonly signal: NodeJS.Signals;

  constructor(signal: NodeJS.Signals) {
    super(`stopped by ${signal}: the next run continues where this one was`);
    this.signal = signal;
  }
}
