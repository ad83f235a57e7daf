import type { SeriesPoint } from '../../../performance/series/seriesQuery.ts';
import type { LineStatistic } from './seriesSchema.ts';
import { sliceStart } from './timeGrid.ts';

/** A line's numbers. */
export interface LineNumbers {
  readonly times: number[];
  readonly values: (number | null)[];
  readonly lows: (number | null)[];
  readonly highs: (number | null)[];
}

/** How a line is made of points. */
export interface LineShape {
  readonly statistic: LineStatistic;
  /** What is added to the time of a point to get milliseconds since 1970. */
  readonly offsetMillis: number;
  /** Of how much time a value is; 0 for every point by itself. */
  readonly stepMillis: number;
  /** How far apart points usually are. */
  readonly spacingMillis: number;
}

/** So many times the usual distance without a point are a time of which nothing is known. One reading may be late. */
const GAP_FACTOR = 2.5;

const SHARES = { p50: 0.5, p90: 0.9, p95: 0.95, p99: 0.99 } as const;

/**
 * A line of the points of a series: of each point one value, or of each slice of time one with the smallest and the largest of
 * it. Means are of everything within a slice; quantiles of a slice are the largest that a part of it has: at least the true
 * one of the slowest part, never a mean of quantiles.
 */
export function thinnedLine(points: readonly SeriesPoint[], shape: LineShape): LineNumbers {
  const line: LineNumbers = { times: [], values: [], lows: [], highs: [] };
  const distance = GAP_FACTOR * Math.max(shape.stepMillis, shape.spacingMillis);
  for (const { timeMillis, ...slice } of slicesOf(points, shape)) {
    const last = line.times.at(-1);
    if (last !== undefined && timeMillis - last > distance)
      push(line, Math.round((last + timeMillis) / 2), { value: null, low: null, high: null });
    push(line, timeMillis, slice);
  }
  return line;
}

interface Slice {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

function push({ times, values, lows, highs }: LineNumbers, timeMillis: number, { value, low, high }: Slice): void {
  times.push(timeMillis);
  values.push(value);
  lows.push(low);
  highs.push(high);
}

interface Measured {
  readonly timeMillis: number;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly weight: number;
}

function* slicesOf(
  points: readonly SeriesPoint[],
  { statistic, offsetMillis, stepMillis }: LineShape,
): Generator<Slice & { readonly timeMillis: number }, undefined> {
  let slice: Measured[] = [];
  let start = Number.NaN;
  for (const point of points) {
    const measured = measuredOf(point, statistic, offsetMillis);
    if (measured === undefined) continue;
    if (stepMillis === 0) yield measured;
    else {
      const own = sliceStart(measured.timeMillis, stepMillis);
      if (own !== start && slice.length > 0) yield { timeMillis: start, ...together(slice, statistic) };
      if (own !== start) slice = [];
      start = own;
      slice.push(measured);
    }
  }
  if (slice.length > 0) yield { timeMillis: start, ...together(slice, statistic) };
  return undefined;
}

function measuredOf(point: SeriesPoint, statistic: LineStatistic, offsetMillis: number): Measured | undefined {
  const value = valueOf(point, statistic);
  if (value === undefined || !Number.isFinite(value)) return undefined;
  const { min = value, max = value, count } = point;
  const isMean = statistic === 'mean';
  return {
    timeMillis: point.timeMillis + offsetMillis,
    value,
    low: isMean ? min : value,
    high: isMean ? max : value,
    weight: isMean ? count : 1,
  };
}

function valueOf(point: SeriesPoint, statistic: LineStatistic): number | undefined {
  if (statistic === 'rate') return point.ratePerSecond;
  if (statistic === 'mean' || statistic === 'min' || statistic === 'max') return point[statistic];
  return point.quantile(SHARES[statistic]);
}

function together(all: readonly Measured[], statistic: LineStatistic): Slice {
  const low = Math.min(...all.map((each) => each.low));
  const high = Math.max(...all.map((each) => each.high));
  return { value: valueTogether(all, statistic), low, high };
}

function valueTogether(all: readonly Measured[], statistic: LineStatistic): number {
  const values = all.map(({ value }) => value);
  if (statistic === 'min') return Math.min(...values);
  if (statistic !== 'mean' && statistic !== 'rate') return Math.max(...values);
  const weight = all.reduce((sum, each) => sum + each.weight, 0);
  return all.reduce((sum, each) => sum + (each.value * each.weight) / weight, 0);
}
