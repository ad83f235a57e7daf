/** A place where spans may have been lost, when, and how many at most. */
export interface Credit {
  readonly component: string;
  /** How they were lost there, in words. */
  readonly cause: string;
  /** Spans that were made from this moment on may be among them. Milliseconds since the epoch. */
  readonly from: number;
  /** Spans that were made until this moment may be among them. */
  readonly to: number;
  /** So many at most: counted there, or the proven bound of what was there. */
  readonly capacity: number;
}

/** What was lost by one cause. */
export interface Attribution {
  readonly component: string;
  readonly cause: string;
  readonly lost: number;
  /** The sum of the credits of this cause. */
  readonly bound: number;
  /** When the first and the last of the spans that were lost so were made. */
  readonly window: readonly [number, number];
}

/** What of the losses is explained. */
export interface Attributed {
  readonly attributions: readonly Attribution[];
  /** When the spans were made whose loss no credit explains. */
  readonly unattributed: readonly number[];
}

/**
 * Gives every lost span to a credit that was open when the span was made, so that as many as possible are explained: each goes to
 * the open credit that ends first, which is optimal for points and intervals (Glover 1967). What remains cannot be explained,
 * however the credits are used.
 *
 * @param lost - when the spans that are not stored were made, in milliseconds since the epoch
 */
export function attributeLosses(lost: readonly number[], credits: readonly Credit[]): Attributed {
  const waiting = credits.filter(({ capacity }) => capacity > 0).sort((a, b) => a.from - b.from);
  const open: OpenCredit[] = [];
  const tallies = new Map<string, Tally>();
  const unattributed: number[] = [];
  let next = 0;
  for (const madeAt of [...lost].sort((a, b) => a - b)) {
    for (let credit = waiting[next]; credit !== undefined && credit.from <= madeAt; credit = waiting[(next += 1)])
      open.push({ credit, left: Math.floor(credit.capacity) });
    const taken = firstToEnd(open.filter(({ credit, left }) => left > 0 && credit.to >= madeAt));
    if (taken === undefined) unattributed.push(madeAt);
    else {
      taken.left -= 1;
      tallyOf(tallies, taken.credit).madeAt.push(madeAt);
    }
  }
  return { attributions: [...tallies.values()].map((tally) => attributionOf(tally, credits)), unattributed };
}

interface OpenCredit {
  readonly credit: Credit;
  left: number;
}

interface Tally {
  readonly credit: Credit;
  readonly madeAt: number[];
}

function firstToEnd(open: readonly OpenCredit[]): OpenCredit | undefined {
  return open.reduce<OpenCredit | undefined>(
    (first, one) => (first === undefined || one.credit.to < first.credit.to ? one : first),
    undefined,
  );
}

function tallyOf(tallies: Map<string, Tally>, credit: Credit): Tally {
  const key = JSON.stringify([credit.component, credit.cause]);
  const tally = tallies.get(key) ?? { credit, madeAt: [] };
  tallies.set(key, tally);
  return tally;
}

function attributionOf({ credit, madeAt }: Tally, credits: readonly Credit[]): Attribution {
  const { component, cause } = credit;
  const same = credits.filter((one) => one.component === component && one.cause === cause);
  const bound = same.reduce((sum, { capacity }) => sum + Math.floor(capacity), 0);
  return { component, cause, lost: madeAt.length, bound, window: [madeAt[0] ?? NaN, madeAt.at(-1) ?? NaN] };
}
