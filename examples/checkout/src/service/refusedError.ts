/** A request that is answered with a status of 400 or more and this message. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  /** The HTTP status: 400 to 599. */
  readonly status: number;

  constructor(status: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
  }
}
