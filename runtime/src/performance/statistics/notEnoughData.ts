/** An answer that there is not: too little was measured for it. */
export interface NotEnoughData {
  readonly verdict: 'not enough data';
  /** How many points it takes. */
  readonly needed: number;
  /** How many there were, without those that are no measurements. */
  readonly given: number;
}

/** Says that there is not enough. */
export function notEnoughData(needed: number, given: number): NotEnoughData {
  return { verdict: 'not enough data', needed, given };
}
