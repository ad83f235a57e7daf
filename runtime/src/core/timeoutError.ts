/** Something took longer than it was allowed to. */
export class TimeoutError extends Error {
  override readonly name = 'TimeoutError';
  /** What was waited for. */
  readonly operation: string;
  /** The bound that was passed, in milliseconds. */
  readonly timeoutMillis: number;

  constructor(operation: string, timeoutMillis: number) {
    super(`${operation} took longer than ${timeoutMillis} ms`);
    this.operation = operation;
    this.timeoutMillis = timeoutMillis;
  }
}
