const MINUTE_MILLIS = 60_000;

/** Lets something happen a number of times each minute, and as often at once after a minute of rest. */
export class TokenBucket {
  readonly #perMinute: number;
  #tokens: number;
  #filledMillis: number;

  /** @param perMinute - 0 or more; with 0 nothing is let happen */
  constructor(perMinute: number, nowMillis: number) {
    this.#perMinute = perMinute;
    this.#tokens = perMinute;
    this.#filledMillis = nowMillis;
  }

  /** Whether it may happen now. */
  has(nowMillis: number): boolean {
    const gained = ((nowMillis - this.#filledMillis) * this.#perMinute) / MINUTE_MILLIS;
    this.#tokens = Math.min(this.#perMinute, this.#tokens + gained);
    this.#filledMillis = nowMillis;
    return this.#tokens >= 1;
  }

  /** It happens: to be called where it may (`has`). */
  take(): void {
    this.#tokens -= 1;
  }
}
