const MILLIS_PER_SECOND = 1000;

/**
 * Lets through up to `ratePerSecond` in the long run, and up to the larger of 1 and a second's worth at once. It begins
 * full. Within any time t it lets through no more than the rate times t and one full bucket; whoever asks often enough
 * gets the whole rate. A rate of 0 lets nothing through.
 */
export class TokenBucket {
  readonly #monotonicMillis: () => number;
  #ratePerSecond: number;
  #capacity: number;
  #balance: number;
  /** When the balance was what it is. */
  #balancedAt: number;

  /** @param ratePerSecond - Finite, at least 0. */
  constructor(ratePerSecond: number, monotonicMillis: () => number) {
    this.#monotonicMillis = monotonicMillis;
    this.#ratePerSecond = ratePerSecond;
    this.#capacity = capacityOf(ratePerSecond);
    this.#balance = this.#capacity;
    this.#balancedAt = monotonicMillis();
  }

  get ratePerSecond(): number {
    return this.#ratePerSecond;
  }

  /** Takes one out. False, and nothing taken, when there is none. */
  take(): boolean {
    if (this.#ratePerSecond === 0) return false;
    const now = this.#monotonicMillis();
    const balance = this.#balanceAt(now);
    // Nothing is written then: small additions that a rounded balance would swallow cannot starve anybody.
    if (balance < 1) return false;
    this.#balance = balance - 1;
    this.#balancedAt = now;
    return true;
  }

  /** Whether it holds all it can: it is then like a new one. */
  isFull(): boolean {
    return this.#balanceAt(this.#monotonicMillis()) === this.#capacity;
  }

  /**
   * Changes the rate. A bucket that was half full is half full afterwards, as in Jaeger's clients: an update of the
   * strategies gives nobody a burst. The rate it has already changes nothing.
   */
  setRate(ratePerSecond: number): void {
    if (ratePerSecond === this.#ratePerSecond) return;
    const now = this.#monotonicMillis();
    const share = this.#balanceAt(now) / this.#capacity;
    this.#ratePerSecond = ratePerSecond;
    this.#capacity = capacityOf(ratePerSecond);
    this.#balance = share * this.#capacity;
    this.#balancedAt = now;
  }

  #balanceAt(now: number): number {
    // A clock that stepped back would withhold what comes in until it has caught up: time goes on from there.
    if (now < this.#balancedAt) this.#balancedAt = now;
    const gained = ((now - this.#balancedAt) * this.#ratePerSecond) / MILLIS_PER_SECOND;
    return Math.min(this.#capacity, this.#balance + gained);
  }
}

// Below 1 a bucket could never hold the one that is to be taken out.
function capacityOf(ratePerSecond: number): number {
  return Math.max(1, ratePerSecond);
}
