import { setTimeout as delay } from 'node:timers/promises';

/** How `retry` goes on. */
export interface RetryOptions {
  /** Told of every failure that is not the last. */
  readonly onFailure: (error: unknown) => void;
  /** Bound on the whole, in milliseconds. */
  readonly forMillis: number;
}

const FIRST_DELAY_MILLIS = 100;
const LAST_DELAY_MILLIS = 2000;

/** Calls `attempt` until it succeeds or the time is over; then throws its last error. */
export async function retry<T>(attempt: () => Promise<T>, { onFailure, forMillis }: RetryOptions): Promise<T> {
  const deadline = performance.now() + forMillis;
  for (let pause = FIRST_DELAY_MILLIS; ; pause = Math.min(pause * 2, LAST_DELAY_MILLIS)) {
    try {
      return await attempt();
    } catch (error) {
      if (performance.now() + pause > deadline) throw error;
      onFailure(error);
      await delay(pause);
    }
  }
}
