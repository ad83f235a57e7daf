import type { RequestSnapshot } from './requestSnapshot.ts';
import type { StuckRequest } from './stuckRequest.ts';

/**
 * Is told what happens to requests, while it happens. What it throws is told to `onError` and disturbs nobody. What it is
 * told is frozen: the other listeners get the same.
 */
export interface RequestListener {
  /** A request has started. */
  readonly started?: (request: RequestSnapshot) => void;
  /**
   * A request is over: completed, or failed for whatever reason.
   *
   * @param error - what it failed with, as it was given to `fail`; it is the application's, and may hold secrets
   */
  readonly finished?: (request: RequestSnapshot, error: unknown) => void;
  /** A request has been unfinished for `stuckAfterMillis`. Told once, within `sweepIntervalMillis`. */
  readonly stuck?: (request: StuckRequest) => void;
}
