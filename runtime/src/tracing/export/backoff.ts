import type { TransportHost } from './transportHost.ts';

/** How long a `Backoff` waits. */
export interface BackoffOptions {
  /** Upper bound of the first wait, in milliseconds; each further one is twice as long. */
  readonly firstMillis: number;
  /** Upper bound of every wait, in milliseconds. */
  readonly maxMillis: number;
  readonly random: TransportHost['random'];
}

/**
 * Exponential back-off. Every wait is drawn from the upper half of its range: processes that lost the same destination at
 * the same moment do not come back at the same moment, and none hurries.
 */
export class Backoff {
  readonly #options: BackoffOptions;
  #rangeMillis: number;

  constructor(options: BackoffOptions) {
    this.#options = options;
    this.#rangeMillis = options.firstMillis;
  }

  /** The next wait, in milliseconds. */
  nextMillis(): number {
    const { maxMillis, random } = this.#options;
    const range = this.#rangeMillis;
    this.#rangeMillis = Math.min(range * 2, maxMillis);
    return range * (0.5 + random() / 2);
  }

  /** Begins anew: it worked. */
  reset(): void {
    this.#rangeMillis = this.#options.firstMillis;
  }
}
