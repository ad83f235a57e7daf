import type { MeasurementDropReason } from './measurementLedger.ts';

interface Member {
  /** What it said last. */
  last: number;
  /** When that was. */
  round: number;
  /** Whether it is part of the total; otherwise it had a series of its own until then. */
  isCounted: boolean;
}

/**
 * What those counters have counted together that have no series of their own. Each adds what it has grown by since it was
 * seen last, so that nothing else changes the total when one comes, goes, or changes its place with another: it never falls.
 * One that fell has begun anew, and all that it has is new. Who was counted here stays here.
 *
 * Only so many are remembered. One that has no place is not counted: nobody could tell later by how much it has grown.
 */
export class OverflowMembers {
  readonly #limit: number;
  /** By their keys, those first that were seen longest ago. */
  readonly #members = new Map<string, Member>();
  #round = 0;
  #total = 0;
  #isOneMissing = false;
  #wasOneMissing = false;

  /** @param limit - how many are remembered */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** All that was counted. */
  get total(): number {
    return this.#total;
  }

  /** Whether the counter is one of those that are counted here. */
  has(key: string): boolean {
    return this.#members.get(key)?.isCounted === true;
  }

  /** Begins a round, in which each counter is seen once at most. */
  nextRound(): void {
    this.#round += 1;
    this.#wasOneMissing = this.#isOneMissing;
    this.#isOneMissing = false;
  }

  /** Counts what a counter has grown by. @returns why it cannot be counted; `undefined` where it was */
  add(key: string, value: number): MeasurementDropReason | undefined {
    const known = this.#members.get(key);
    const total = this.#total + this.#growthOf(known, value);
    if (!Number.isFinite(total)) return 'notFinite';
    if (!this.#remember(key, value, true)) {
      this.#isOneMissing = true;
      return 'tooManySeries';
    }
    this.#total = total;
    return undefined;
  }

  /** Remembers what a counter said last that has a series no more: it may come back, and find no room. */
  leave(key: string, value: number): void {
    this.#remember(key, value, false);
  }

  /** Forgets a counter that has a series of its own. */
  forget(key: string): void {
    this.#members.delete(key);
  }

  /** What is new may have been there before, and have had no place. */
  #growthOf(known: Member | undefined, value: number): number {
    if (known === undefined) return this.#wasOneMissing ? 0 : value;
    return value >= known.last ? value - known.last : value;
  }

  #remember(key: string, last: number, isCounted: boolean): boolean {
    if (!this.#members.delete(key) && !this.#makeRoom()) return false;
    this.#members.set(key, { last, round: this.#round, isCounted });
    return true;
  }

  /** Only one that was missed in the last round gives way: any other one may still come in this. */
  #makeRoom(): boolean {
    if (this.#members.size < this.#limit) return true;
    const [oldest] = this.#members;
    return oldest !== undefined && oldest[1].round < this.#round - 1 && this.#members.delete(oldest[0]);
  }
}
