/** A place where spans may have been lost, when, and how many at most. */
export interface Credit {
  readonly component: string;
  /** How they were lost there, in words. */
  readonly cause: string;
  /** Whether somebody counted them, or may only have held them when it ended. */
  readonly isCounted: boolean;
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
 * Gives every lost span to a credit that was open when the span was made. What was counted as lost is used first, where that leaves
 * no more without a credit: what ended processes may have held is a bound, and no knowledge.
 *
 * @param lost - when the spans that are not stored were made, in milliseconds since the epoch
 */
export function attributeLosses(lost: readonly number[], credits: readonly Credit[]): Attributed {
  const counted = match(
    lost,
    credits.filter(({ isCounted }) => isCounted),
  );
  const held = match(
    counted.unmatched,
    credits.filter(({ isCounted }) => !isCounted),
  );
  const all = match(lost, credits);
  const isWorse = held.unmatched.length > all.unmatched.length;
  const [matches, unattributed] = isWorse
    ? [all.matches, all.unmatched]
    : [[...counted.matches, ...held.matches], held.unmatched];
  return { attributions: summed(matches, credits), unattributed };
}

interface Match {
  readonly madeAt: number;
  readonly credit: Credit;
}

/**
 * As many as possible are explained: each goes to the open credit that ends first, which is optimal for points and intervals
 * (Glover 1967). What remains cannot be explained, however the credits are used.
 */
function match(lost: readonly number[], credits: readonly Credit[]) {
  const waiting = credits.filter(({ capacity }) => capacity > 0).sort((a, b) => a.from - b.from);
  const open: OpenCredit[] = [];
  const matches: Match[] = [];
  const unmatched: number[] = [];
  let next = 0;
  for (const madeAt of [...lost].sort((a, b) => a - b)) {
    for (let credit = waiting[next]; credit !== undefined && credit.from <= madeAt; credit = waiting[(next += 1)])
      open.push({ credit, left: Math.floor(credit.capacity) });
    const taken = firstToEnd(open.filter(({ credit, left }) => left > 0 && credit.to >= madeAt));
    if (taken === undefined) unmatched.push(madeAt);
    else {
      taken.left -= 1;
      matches.push({ madeAt, credit: taken.credit });
    }
  }
  return { matches, unmatched };
}

interface OpenCredit {
  readonly credit: Credit;
  left: number;
}

function firstToEnd(open: readonly OpenCredit[]): OpenCredit | undefined {
  return open.reduce<OpenCredit | undefined>(
    (first, one) => (first === undefined || one.credit.to < first.credit.to ? one : first),
    undefined,
  );
}

function summed(matches: readonly Match[], credits: readonly Credit[]): readonly Attribution[] {
  const groups = Object.groupBy(matches, ({ credit: { component, cause } }) => JSON.stringify([component, cause]));
  return Object.values(groups).flatMap((group = []) => {
    const [first] = group;
    if (first === undefined) return [];
    const { component, cause } = first.credit;
    const same = credits.filter((one) => one.component === component && one.cause === cause);
    const bound = same.reduce((sum, { capacity }) => sum + Math.floor(capacity), 0);
    const times = group.map(({ madeAt }) => madeAt);
    return [{ component, cause, lost: group.length, bound, window: [Math.min(...times), Math.max(...times)] }];
  });
}
