import { numberAt } from './measuredSeries.ts';

/** The rank of each number, from 1; equal ones share the mean of theirs. */
export function ranksOf(numbers: readonly number[]): readonly number[] {
  const order = numbers.map((_, index) => index).sort((a, b) => numberAt(numbers, a) - numberAt(numbers, b));
  const ranks = new Array<number>(numbers.length).fill(0);
  let from = 0;
  while (from < order.length) {
    const value = numberAt(numbers, numberAt(order, from));
    let to = from + 1;
    while (to < order.length && numberAt(numbers, numberAt(order, to)) === value) to += 1;
    for (let at = from; at < to; at += 1) ranks[numberAt(order, at)] = (from + 1 + to) / 2;
    from = to;
  }
  return ranks;
}

/** How much each number is like the one `lag` before it, for lags from 0 (where it is 1) to `lags`; all 0 where all are equal. */
export function autocorrelation(numbers: readonly number[], lags: number): readonly number[] {
  const mean = numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
  const centred = Float64Array.from(numbers, (value) => value - mean);
  const covariance = (lag: number): number => {
    let sum = 0;
    for (let at = lag; at < centred.length; at += 1) sum += (centred[at] ?? 0) * (centred[at - lag] ?? 0);
    return sum;
  };
  const variance = covariance(0);
  return Array.from({ length: lags + 1 }, (_, lag) => (variance === 0 ? 0 : covariance(lag) / variance));
}
