import { isMeasurement, numberAt } from './measuredSeries.ts';
import { notEnoughData, type NotEnoughData } from './notEnoughData.ts';

/** What values are like. */
export interface Summary {
  readonly verdict: 'summarised';
  /** How many measurements there are. */
  readonly count: number;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** Of these values, not an estimate for others: divided by their number. Prometheus' `stddev_over_time` is the same. */
  readonly standardDeviation: number;
  /** Percentiles are values that occur: of `n` the one at rank `ceil(share * n)`, as of every quantile of this package. */
  readonly p50: number;
  readonly p90: number;
  readonly p95: number;
  readonly p99: number;
  readonly p999: number;
}

/** Summarises values exactly. What is no measurement (`isMeasurement`) is left out. */
export function summarise(values: readonly number[]): Summary | NotEnoughData {
  const sorted = Float64Array.from(values.filter(isMeasurement)).sort();
  const count = sorted.length;
  if (count === 0) return notEnoughData(1, 0);
  const min = numberAt(sorted, 0);
  const max = numberAt(sorted, count - 1);
  // Distances from one of the values: nothing is lost of small differences between large values.
  const mean = min + sorted.reduce((sum, value) => sum + (value - min), 0) / count;
  const squares = sorted.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const percentile = (perMille: number): number => numberAt(sorted, Math.ceil((perMille * count) / 1000) - 1);
  return {
    verdict: 'summarised',
    count,
    min,
    max,
    // A rounding may put it outside of what was measured.
    mean: Math.min(Math.max(mean, min), max),
    standardDeviation: Math.sqrt(squares / count),
    p50: percentile(500),
    p90: percentile(900),
    p95: percentile(950),
    p99: percentile(990),
    p999: percentile(999),
  };
}
