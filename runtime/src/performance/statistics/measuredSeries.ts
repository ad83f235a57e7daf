/** The largest measurement: squares of what is not larger, and sums of these, are finite. */
const LARGEST_MEASUREMENT = 1e150;
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
function isMeasurement(value: number): boolean {
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
  const indices = pointsInOrder(times, values);
  const taken = Math.min(indices.length, maxPoints);
  const kept = Array.from({ length: taken }, (_, index) =>
    numberAt(indices, taken === indices.length ? index : Math.round((index * (indices.length - 1)) / (taken - 1))),
  );
  return {
    times: kept.map((index) => numberAt(times, index)),
    values: kept.map((index) => numberAt(values, index)),
    given: indices.length,
  };
}

/** The indices of the points that count, in the order of their times. */
function pointsInOrder(times: readonly number[], values: readonly number[]): readonly number[] {
  const indices: number[] = [];
  let isInOrder = true;
  let latest = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < Math.min(times.length, values.length); index += 1) {
    const time = times[index] ?? Number.NaN;
    if (!isMeasurement(values[index] ?? Number.NaN) || !(Math.abs(time) <= FURTHEST_MILLIS)) continue;
    isInOrder &&= time > latest;
    latest = time;
    indices.push(index);
  }
  if (isInOrder) return indices;
  // Sorting keeps the order of those at the same time: the last one given is the last one.
  return indices
    .sort((a, b) => numberAt(times, a) - numberAt(times, b))
    .filter((index, at, all) => at + 1 === all.length || times[index] !== times[numberAt(all, at + 1)]);
}

/** The number at an index that the list has. */
export function numberAt(numbers: ArrayLike<number>, index: number): number {
  return numbers[index] ?? Number.NaN;
}
