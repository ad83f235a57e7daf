const MINUTE_MILLIS = 60_000;
/** Of these, one is not over yet. */
const MINUTES = 62;

/** How many minutes are looked back at. */
export const BASELINE_MINUTES = 60;

/** What it takes in memory. */
export const MINUTE_COUNTS_BYTES = MINUTES * 4 + 160;

/** How often something happened in each minute of the last hour. */
export class MinuteCounts {
  readonly #counts = new Uint32Array(MINUTES);
  readonly #firstMinute: number;
  #newestMinute: number;

  constructor(nowMillis: number) {
    this.#firstMinute = Math.floor(nowMillis / MINUTE_MILLIS);
    this.#newestMinute = this.#firstMinute;
  }

  add(nowMillis: number): void {
    const index = this.#advance(nowMillis) % MINUTES;
    this.#counts[index] = (this.#counts[index] ?? 0) + 1;
  }

  /** The count of this minute, or of the one before where that is higher. */
  highest(nowMillis: number): number {
    const minute = this.#advance(nowMillis);
    return Math.max(this.#at(minute, minute), this.#at(minute - 1, minute));
  }

  /** The count of a minute that is over, by its number; 0 of one that is not known any more. */
  of(minute: number, nowMillis: number): number {
    return this.#at(minute, this.#advance(nowMillis));
  }

  /**
   * The counts of the minutes before one that is over, the newest first: 60 at most, and none of the minute in which it
   * happened first, which is known by that it did.
   */
  before(minute: number, nowMillis: number): readonly number[] {
    const newest = this.#advance(nowMillis);
    const oldest = Math.max(this.#firstMinute + 1, newest - MINUTES + 1);
    const length = Math.max(0, Math.min(BASELINE_MINUTES, minute - oldest));
    return Array.from({ length }, (_, back) => this.#at(minute - 1 - back, newest));
  }

  #at(minute: number, newest: number): number {
    const isKnown = minute >= this.#firstMinute && minute > newest - MINUTES;
    return isKnown ? (this.#counts[minute % MINUTES] ?? 0) : 0;
  }

  /** The minute of now; what is older than the ring is forgotten. */
  #advance(nowMillis: number): number {
    const minute = Math.floor(nowMillis / MINUTE_MILLIS);
    if (minute - this.#newestMinute >= MINUTES) this.#counts.fill(0);
    else for (let next = this.#newestMinute + 1; next <= minute; next += 1) this.#counts[next % MINUTES] = 0;
    this.#newestMinute = Math.max(this.#newestMinute, minute);
    return this.#newestMinute;
  }
}
