import { type MeasuredSeries, numberAt } from './measuredSeries.ts';
import { selectMedian, selectRank } from './selectRank.ts';

/** How pairs of points rise. */
export interface PairSlopes {
  /** How many pairs there are. */
  readonly count: number;
  /** The median of their slopes, for each step of time. */
  readonly median: number;
  /** The slope that would be at an index if all were in ascending order. */
  readonly at: (rank: number) => number;
  /** Pairs that rise less those that fall: Kendall's S. */
  readonly score: number;
  /** What a step is, in milliseconds: the mean distance between points. */
  readonly stepMillis: number;
}

/** When each point is, in steps (`stepMillisOf`) from the first one: whole numbers where points are at even distances. */
export function stepsOf({ times }: MeasuredSeries, stepMillis: number): readonly number[] {
  const first = numberAt(times, 0);
  return times.map((time) => (time - first) / stepMillis);
}

/**
 * The slopes of all pairs of points. Takes time and memory by the square of their number: for the series that
 * `MAX_TREND_POINTS` bounds.
 */
export function pairSlopes(series: MeasuredSeries): PairSlopes {
  const { times, values } = series;
  const count = values.length;
  const stepMillis = (numberAt(times, count - 1) - numberAt(times, 0)) / (count - 1);
  const steps = Float64Array.from(stepsOf(series, stepMillis));
  const measured = Float64Array.from(values);
  const slopes = new Float64Array((count * (count - 1)) / 2);
  let score = 0;
  let next = 0;
  for (let later = 1; later < count; later += 1) {
    const value = measured[later] ?? 0;
    const step = steps[later] ?? 0;
    for (let earlier = 0; earlier < later; earlier += 1) {
      const rise = value - (measured[earlier] ?? 0);
      score += Math.sign(rise);
      slopes[next] = rise / (step - (steps[earlier] ?? 0));
      next += 1;
    }
  }
  return {
    count: slopes.length,
    median: selectMedian(slopes),
    at: (rank) => selectRank(slopes, rank),
    score,
    stepMillis,
  };
}
