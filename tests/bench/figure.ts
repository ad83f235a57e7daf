/** One measured figure, as `tests/bench/results/SUITE.json` keeps it. */
export interface Figure {
  readonly name: string;
  /** The median of the runs. */
  readonly value: number;
  readonly unit: string;
  /** What it is measured against, where the goal is a ratio. */
  readonly peer?: string;
  /** The median of the runs to that of the peer's. */
  readonly ratio?: number;
  /** The peer's runs, each measured right before or after the run of the same index. */
  readonly peerRuns?: readonly number[];
  /** Each run to the peer's of the same index. */
  readonly pairRatios?: readonly number[];
  /** The goal in words, such as `<= 120 s`. */
  readonly goal: string;
  readonly ok: boolean;
  /** Every run, in the order measured. */
  readonly runs: readonly number[];
  /** What a profile found, where the goal is missed; or what a reader must know. */
  readonly note?: string;
}

/** What was measured beside the figures and has no goal. */
export interface Observation {
  readonly name: string;
  /** The median of the runs. */
  readonly value: number;
  readonly unit: string;
  /** Every run, in the order measured. */
  readonly runs: readonly number[];
}

/** What a suite measured. */
export interface Measured {
  readonly figures: readonly Figure[];
  readonly observations?: readonly Observation[];
}

export interface BenchResult extends Measured {
  readonly suite: string;
  /** ISO 8601. */
  readonly at: string;
  readonly machine: Readonly<Record<string, string | number>>;
}

/**
 * A figure that must not be above `most`: the median of the runs against it.
 * @throws RangeError without a run.
 */
export function atMost(name: string, runs: readonly number[], most: number, unit: string, note?: string): Figure {
  const value = median(runs);
  return {
    name,
    value,
    unit,
    goal: `<= ${most} ${unit}`,
    ok: value <= most,
    runs,
    ...(note === undefined ? {} : { note }),
  };
}

/**
 * A figure of counts that must all be 0: their sum is its value, since a median would hide a bad run.
 * @throws RangeError without a run.
 */
export function none(name: string, runs: readonly number[], unit: string, note?: string): Figure {
  if (runs.length === 0) throw new RangeError('no runs counted nothing');
  const value = runs.reduce((sum, count) => sum + count, 0);
  return { name, value, unit, goal: `0 ${unit}`, ok: value === 0, runs, ...(note === undefined ? {} : { note }) };
}

/** Runs on either side, in pairs. */
export interface Pairs {
  readonly runs: readonly number[];
  readonly peer: string;
  /** As many as `runs`. */
  readonly peerRuns: readonly number[];
}

/**
 * A figure whose median must not be less than a share of its peer's.
 * @throws RangeError without a run, or with a run that has no pair.
 */
export function atLeastOfPeer(name: string, pairs: Pairs, least: number, unit: string, note?: string): Figure {
  const ratio = median(pairs.runs) / median(pairs.peerRuns);
  return paired(name, pairs, { ratio, unit, goal: `ratio >= ${least}`, ok: ratio >= least }, note);
}

/**
 * A figure whose median must not be more than some times its peer's.
 * @throws RangeError without a run, or with a run that has no pair.
 */
export function atMostOfPeer(name: string, pairs: Pairs, most: number, unit: string, note?: string): Figure {
  const ratio = median(pairs.runs) / median(pairs.peerRuns);
  return paired(name, pairs, { ratio, unit, goal: `ratio <= ${most}`, ok: ratio <= most }, note);
}

type Judged = Required<Pick<Figure, 'ratio' | 'unit' | 'goal' | 'ok'>>;

function paired(name: string, { runs, peer, peerRuns }: Pairs, judged: Judged, note: string | undefined): Figure {
  const { ratio, unit, goal, ok } = judged;
  return {
    name,
    value: median(runs),
    unit,
    peer,
    ratio: rounded(ratio),
    goal,
    ok,
    runs,
    peerRuns,
    pairRatios: ratios(runs, peerRuns),
    ...(note === undefined ? {} : { note }),
  };
}

/** An observation of some runs. @throws RangeError without a run. */
export function observe(name: string, runs: readonly number[], unit: string): Observation {
  return { name, value: rounded(median(runs)), unit, runs: runs.map(rounded) };
}

function ratios(runs: readonly number[], peerRuns: readonly number[]): readonly number[] {
  if (runs.length !== peerRuns.length)
    throw new RangeError(`${runs.length} runs have ${peerRuns.length} runs of a peer; allowed: as many`);
  return runs.map((run, index) => rounded(run / (peerRuns[index] ?? NaN)));
}

/** A thousandth is more than any of this is measured to. */
function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

/**
 * The middle of the sorted values; the mean of the two middle ones for an even count.
 * @throws RangeError for no values.
 */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  if (upper === undefined || lower === undefined) throw new RangeError('no values have no median');
  return (upper + lower) / 2;
}
