/** The largest measurement: squares of what is not larger, and sums of these, are finite. */
export const LARGEST_MEASUREMENT = 1e150;
/** The furthest times from 1970 that a `Date` can have, in milliseconds. */
const FURTHEST_MILLIS = 8.64e15;

/** Values at times: those that are measurements, in the order of time, no two at the same time. */
export interface MeasuredSeries {
  /** In milliseconds, ascending. */
  readonly times: readonly number[];
  /** As many as there are times. */
  readonly values: readonly number[];
  /** How many there were before they were thinned out. */
  readonly given: number;
}

/** Whether a number measures something: it is finite, and at most 1e150 in size. */
export function isMeasurement(value: number): boolean {
  return Math.abs(value) <= LARGEST_MEASUREMENT;
}

/**
 * The points that statistics are made of. What is no measurement is left out, as is a value without a time and a time
 * without a value. Of points at the same time the last one counts.
 *
 * @param times - in milliseconds, in any order
 * @param maxPoints - of more than these, as many at even distances are taken, the first and the last among them
 */
export function measuredSeries(
  times: readonly number[],
  values: readonly number[],
  maxPoints = Number.POSITIVE_INFINITY,
): MeasuredSeries {
  const valueAt = new Map<number, number>();
  for (const [index, time] of times.entries()) {
    const value = values[index];
    if (value !== undefined && isMeasurement(value) && Math.abs(time) <= FURTHEST_MILLIS) valueAt.set(time, value);
  }
  const sorted = Float64Array.from(valueAt.keys()).sort();
  const taken = Math.min(sorted.length, maxPoints);
  const kept = Array.from({ length: taken }, (_, index) =>
    numberAt(sorted, taken === sorted.length ? index : Math.round((index * (sorted.length - 1)) / (taken - 1))),
  );
  return { times: kept, values: kept.map((time) => valueAt.get(time) ?? Number.NaN), given: sorted.length };
}

/** The number at an index that the list has. */
export function numberAt(numbers: ArrayLike<number>, index: number): number {
  return numbers[index] ?? Number.NaN;
}

/** The middle one of numbers in ascending order, or the mean of both in the middle. */
export function medianOfSorted(sorted: ArrayLike<number>): number {
  const middle = sorted.length >> 1;
  const upper = numberAt(sorted, middle);
  // Halved first: the sum of both may be too large.
  return sorted.length % 2 === 1 ? upper : numberAt(sorted, middle - 1) / 2 + upper / 2;
}

/** The middle one of numbers in any order, see `medianOfSorted`. */
export function median(numbers: readonly number[]): number {
  return medianOfSorted(Float64Array.from(numbers).sort());
}
