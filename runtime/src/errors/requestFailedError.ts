/** A request failed and nobody said what was thrown: an answer with a status of 500 or above, a limit of time. */
export class RequestFailedError extends Error {
  override readonly name = 'RequestFailedError';
  /** What kind of failure it is: the status `503`, `timeout`. */
  readonly code: string;
  readonly status: number | undefined;
  /** `POST /orders/:id`: those of one operation that failed with the same are one group. */
  readonly operation: string;

  /** @param operation - `POST /orders/:id` @param type - the status, or why */
  constructor(operation: string, type: string) {
    super(`${operation} failed: ${type}`);
    this.operation = operation;
    this.code = type;
    const status = Number(type);
    this.status = status >= 100 && status <= 599 ? status : undefined;
    // It was made far from where anything went wrong: there is no stack that leads there.
    Object.defineProperty(this, 'stack', { value: `${this.name}: ${this.message}` });
  }
}
