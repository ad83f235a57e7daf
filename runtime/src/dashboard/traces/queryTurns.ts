/** Lets a bounded number of queries be under way at once, so that many viewers do not fill memory with answers. */
export class QueryTurns {
  readonly #most: number;
  readonly #mostWaiting: number;
  readonly #waiting: (() => void)[] = [];
  #underWay = 0;

  constructor(most: number, mostWaiting: number) {
    this.#most = most;
    this.#mostWaiting = mostWaiting;
  }

  /**
   * Waits for a turn, which is to be given back by `leave()`.
   *
   * @returns whether there was one before `signal` was aborted; not where too many wait already
   */
  async enter(signal: AbortSignal): Promise<boolean> {
    if (this.#underWay < this.#most) {
      this.#underWay += 1;
      return true;
    }
    if (this.#waiting.length >= this.#mostWaiting || signal.aborted) return false;
    return new Promise((resolve) => {
      const given = (): void => {
        signal.removeEventListener('abort', giveUp);
        resolve(true);
      };
      const giveUp = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(given), 1);
        resolve(false);
      };
      signal.addEventListener('abort', giveUp, { once: true });
      this.#waiting.push(given);
    });
  }

  /** Gives a turn to whoever has waited longest. */
  leave(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#underWay -= 1;
    else next();
  }
}
