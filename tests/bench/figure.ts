/** One measured figure, as `tests/bench/results/SUITE.json` keeps it. */
export interface Figure {
  readonly name: string;
  /** The median of the runs. */
  readonly value: number;
  readonly unit: string;
  /** What it is measured against, where the goal is a ratio. */
  readonly peer?: string;
  readonly ratio?: number;
  /** The goal in words, such as `<= 120 s`. */
  readonly goal: string;
  readonly ok: boolean;
  /** Every run, in the order measured. */
  readonly runs: readonly number[];
  /** What a profile found, where the goal is missed; or what a reader must know. */
  readonly note?: string;
}

export interface BenchResult {
  readonly suite: string;
  /** ISO 8601. */
  readonly at: string;
  readonly machine: Readonly<Record<string, string | number>>;
  readonly figures: readonly Figure[];
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
