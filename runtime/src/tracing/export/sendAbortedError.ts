/** The time for sending a batch was over before all of it was handed over. `cause` is what kept it from that, where known. */
export class SendAbortedError extends Error {
  override readonly name = 'SendAbortedError';
  /** Where the batch was going. */
  readonly destination: string;

  constructor(destination: string, cause?: Error) {
    const detail = cause === undefined ? '' : `; last: ${cause.message}`;
    super(`there was no time left to send spans to ${destination}${detail}`, { cause });
    this.destination = destination;
  }
}
