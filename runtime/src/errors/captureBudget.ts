import type { HostProcess } from '../core/hostProcess.ts';

/** Over so long the share of the time holds; a burst may take as much at once. */
const WINDOW_MILLIS = 1000;

/**
 * Bounds the share of its thread's time that capturing errors may take: in a flood of them the application's own work goes
 * on. What is over it is counted, and not looked at.
 */
export class CaptureBudget {
  readonly #host: Pick<HostProcess, 'monotonicMillis'>;
  readonly #share: number;
  #leftMillis: number;
  #atMillis: number;

  /** @param share - of the thread's time, above 0, at most 1 */
  constructor(share: number, host: Pick<HostProcess, 'monotonicMillis'>) {
    this.#host = host;
    this.#share = share;
    this.#leftMillis = share * WINDOW_MILLIS;
    this.#atMillis = host.monotonicMillis();
  }

  /** Does some work and counts its time, a second at most. @returns `undefined`, and nothing was done, where there is no time left for it */
  spend<T>(work: () => T): T | undefined {
    const startedMillis = this.#host.monotonicMillis();
    const earned = (startedMillis - this.#atMillis) * this.#share;
    this.#leftMillis = Math.min(this.#share * WINDOW_MILLIS, this.#leftMillis + earned);
    this.#atMillis = startedMillis;
    if (this.#leftMillis <= 0) return undefined;
    try {
      return work();
    } finally {
      // Work that was held up, by a process that was suspended for one, is not to cost the errors of minutes.
      const endedMillis = this.#host.monotonicMillis();
      this.#atMillis = Math.max(startedMillis, endedMillis - WINDOW_MILLIS);
      this.#leftMillis -= endedMillis - this.#atMillis;
    }
  }
}
