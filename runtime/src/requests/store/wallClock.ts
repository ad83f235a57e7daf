/**
 * What the wall clock says, told by how far it is from where it was: a whole number that is 0 mostly. Of a hundred thousand
 * records that each keep four fractions, a fifth of the time goes into moving fractions about.
 */
export class WallClock {
  readonly #wallMillis: () => number;
  /** How far the wall clock was ahead of the one that never goes back when this was made. */
  readonly #aheadMillis: number;
  #latestShiftMillis = 0;

  constructor(wallMillis: () => number, nowMillis: number) {
    this.#wallMillis = wallMillis;
    this.#aheadMillis = Math.floor(wallMillis() - nowMillis);
  }

  /** By how many milliseconds it has been set since this was made. */
  shiftAt(nowMillis: number): number {
    this.#latestShiftMillis = Math.floor(this.#wallMillis() - nowMillis) - this.#aheadMillis;
    return this.#latestShiftMillis;
  }

  /** What it says now, unless it was set since it was looked at last (`shiftAt`): as requests start, it mostly just was. */
  presumedMillis(nowMillis: number): number {
    return this.wallMillis(nowMillis, this.#latestShiftMillis);
  }

  /** What it says now, looked at. */
  readMillis(nowMillis: number): number {
    return this.wallMillis(nowMillis, this.shiftAt(nowMillis));
  }

  /** What it said at a moment of which the shift is known, in milliseconds since 1970. */
  wallMillis(momentMillis: number, shiftMillis: number): number {
    return Math.ceil(momentMillis + this.#aheadMillis + shiftMillis);
  }
}
