/** What a server answered. */
export interface HttpAnswer {
  readonly status: number;
  /** What `Retry-After` asks for, in milliseconds; `undefined` where it is missing or unreadable. */
  readonly retryAfterMillis: number | undefined;
  /** The beginning of the body, as much as was read. */
  readonly body: Uint8Array;
}

/** Posts bodies to one URL. */
export interface HttpClient {
  /**
   * Posts one body and reads a bounded part of the answer, within a bounded time. Rejects with Node's error, with a
   * `TimeoutError`, or with the signal's reason when it is aborted. Does not keep the process alive.
   */
  post(body: Uint8Array, signal: AbortSignal): Promise<HttpAnswer>;
  /** Closes connections. Idempotent. */
  close(): void;
}
