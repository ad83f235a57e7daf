import { wholeNumber } from '../../core/optionKinds.ts';
import { type MeasuredSeries, measuredSeries, numberAt } from './measuredSeries.ts';
import { notEnoughData, type NotEnoughData } from './notEnoughData.ts';
import { selectMedian } from './selectRank.ts';
import { checkTrendOptions } from './trendOptions.ts';

/** Of how many points changes are searched. More are thinned out as those of a trend (`MAX_TREND_POINTS`). */
export const MAX_CHANGE_POINTS = 1000;
/**
 * A change has to explain as much as this many times what the variance and the logarithm of the number of points come to.
 * Measured with series of 100 values without a change, independent ones, and those whose neighbours correlate by 0.5, 0.7 and
 * 0.9: 0, 6, 12 and 19 of 100 are cut. With a change by three standard deviations in the middle it is 100, 81, 58 and 35.
 */
const PENALTY_FACTOR = 3;
/** The most that neighbouring values are taken to be alike: with more they wander, and have no levels. */
const MOST_LIKENESS = 0.95;
/** The share of differences that tells how much values vary; the largest are outliers and changes of level. */
const USUAL_SHARE = 0.9;
/** The mean of the squares of that share of what is normally distributed, of all of their mean. */
const USUAL_VARIANCE = 0.6230154841346838;

/** Options of `changePoints`. */
export interface ChangePointOptions {
  /**
   * How many points a level has at least, 2 to 500.
   * @defaultValue 5
   */
  readonly minSegmentPoints?: number;
}

/** Values that stay at a level. */
export interface LevelSegment {
  /** The time of its first point, in milliseconds. */
  readonly fromMillis: number;
  /** The time of its last point. */
  readonly toMillis: number;
  /** How many points it has, after they were thinned out. */
  readonly points: number;
  /** The mean of its values. */
  readonly level: number;
}

/** Whether values moved from one level to another, and when. */
export interface LevelChanges {
  readonly verdict: 'changed' | 'steady';
  /** In the order of time, at least one; every further one begins where the level has changed. */
  readonly segments: readonly [LevelSegment, ...LevelSegment[]];
  /** What a change has to explain of the squared distances from the levels. */
  readonly penalty: number;
  /** How many points were compared, at most `MAX_CHANGE_POINTS`. */
  readonly points: number;
  /** How many points there were. */
  readonly given: number;
}

/**
 * Finds when values moved to another level. Of all ways to cut a series the one is taken whose squared distances from the
 * means, and a penalty for each cut, are the smallest together: what PELT finds, without its short cuts (Jackson et al.,
 * 2005), as the number of points is bounded. A series that rises all along is cut in steps: ask `mannKendall` first.
 *
 * @param times - in milliseconds
 * @throws ConfigurationError
 */
export function changePoints(
  times: readonly number[],
  values: readonly number[],
  options: ChangePointOptions = {},
): LevelChanges | NotEnoughData {
  checkTrendOptions(options, { minSegmentPoints: wholeNumber(2, MAX_CHANGE_POINTS / 2) });
  const minSegment = options.minSegmentPoints ?? 5;
  const series = measuredSeries(times, values, MAX_CHANGE_POINTS);
  if (series.given < 2 * minSegment) return notEnoughData(2 * minSegment, series.given);
  const penalty = penaltyFor(series.values);
  const ends = bestCuts(series.values, minSegment, penalty);
  const segments = ends.map((end, index) => segmentOf(series, index === 0 ? 0 : numberAt(ends, index - 1), end));
  const [first, ...others] = segments;
  if (first === undefined) return notEnoughData(2 * minSegment, series.given);
  return {
    verdict: others.length === 0 ? 'steady' : 'changed',
    segments: [first, ...others],
    penalty,
    points: series.values.length,
    given: series.given,
  };
}

function segmentOf({ times, values }: MeasuredSeries, start: number, end: number): LevelSegment {
  const part = values.slice(start, end);
  const origin = numberAt(values, start);
  return {
    fromMillis: numberAt(times, start),
    toMillis: numberAt(times, end - 1),
    points: end - start,
    level: origin + part.reduce((sum, value) => sum + (value - origin), 0) / part.length,
  };
}

/**
 * Like the criterion of Bayes for a change of the mean, of values that may be like their neighbours: of them means vary more. How
 * alike they are, and how much they vary, is told from differences, which a few changes of level do not alter.
 *
 * @see Chakar et al., A robust approach for estimating change-points in the mean of an AR(1) process, Bernoulli 23 (2017)
 */
function penaltyFor(values: readonly number[]): number {
  const next = usualSquare(values, 1);
  const likeness = next === 0 ? 0 : Math.min(Math.max(usualSquare(values, 2) / next - 1, 0), MOST_LIKENESS);
  // Nearly all neighbours are equal: the few that are not tell how much values vary.
  const difference = next === 0 ? meanOf(squaredDifferences(values, 1)) : next;
  const longRunVariance = (difference * (1 + likeness)) / (2 * (1 - likeness) ** 2);
  return PENALTY_FACTOR * longRunVariance * Math.log(values.length);
}

/** The variance of differences without the largest ones. */
function usualSquare(values: readonly number[], distance: number): number {
  const squares = squaredDifferences(values, distance).sort();
  return meanOf(squares.subarray(0, Math.floor(USUAL_SHARE * squares.length))) / USUAL_VARIANCE;
}

function squaredDifferences(values: readonly number[], distance: number): Float64Array {
  return Float64Array.from(values.slice(distance), (value, index) => (value - numberAt(values, index)) ** 2);
}

function meanOf(numbers: Float64Array): number {
  return numbers.length === 0 ? 0 : numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
}

/** Where the segments of the best way to cut end, in order; the last one is the number of values. */
function bestCuts(values: readonly number[], minSegment: number, penalty: number): readonly number[] {
  const count = values.length;
  const { sums, squares } = runningSums(values);
  const best = new Float64Array(count + 1).fill(Number.POSITIVE_INFINITY);
  const cutBefore = new Int32Array(count + 1);
  best[0] = -penalty;
  for (let end = minSegment; end <= count; end += 1)
    for (let start = 0; start <= end - minSegment; start += 1) {
      const sum = (sums[end] ?? 0) - (sums[start] ?? 0);
      const scatter = (squares[end] ?? 0) - (squares[start] ?? 0) - (sum * sum) / (end - start);
      const cost = (best[start] ?? 0) + penalty + Math.max(0, scatter);
      if (cost < (best[end] ?? 0)) {
        best[end] = cost;
        cutBefore[end] = start;
      }
    }
  const ends: number[] = [];
  for (let end = count; end > 0; end = numberAt(cutBefore, end)) ends.unshift(end);
  return ends;
}

/** Sums of the values, and of their squares, up to each index, from the median on: large values lose no small differences. */
function runningSums(values: readonly number[]): { readonly sums: Float64Array; readonly squares: Float64Array } {
  const middle = selectMedian(Float64Array.from(values));
  const sums = new Float64Array(values.length + 1);
  const squares = new Float64Array(values.length + 1);
  for (const [index, value] of values.entries()) {
    const each = value - middle;
    sums[index + 1] = numberAt(sums, index) + each;
    squares[index + 1] = numberAt(squares, index) + each * each;
  }
  return { sums, squares };
}
