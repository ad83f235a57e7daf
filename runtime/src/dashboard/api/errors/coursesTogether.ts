/** Numbers of slices of a window. */
export interface Sliced {
  /** When the first begins: milliseconds since 1970. */
  readonly startMillis: number;
  readonly sliceMillis: number;
}

/**
 * By how many slices those of another instance are behind the first one's. Slices begin with each instance's own clock: they are
 * put to the nearest, so what another instance tells is off by half a slice at most.
 */
export function sliceShift(first: Sliced, other: Sliced): number {
  return Math.round((other.startMillis - first.startMillis) / first.sliceMillis);
}

/** The sums of each slice, on the slices of the first instance; what lies beyond them is put to the outermost. */
export function slicesTogether(
  courses: readonly (Sliced & { readonly slices: readonly (readonly number[])[] })[],
): number[][] {
  const [first] = courses;
  if (first === undefined) return [];
  const sums = first.slices.map((values) => [...values]);
  for (const course of courses.slice(1)) {
    const shift = sliceShift(first, course);
    for (const [index, values] of course.slices.entries()) {
      const sum = sums[nearestSlice(index + shift, sums.length)];
      if (sum !== undefined) for (const [place, value] of values.entries()) sum[place] = (sum[place] ?? 0) + value;
    }
  }
  return sums;
}

/** A slice of those that there are. */
export function nearestSlice(index: number, length: number): number {
  return Math.min(length - 1, Math.max(0, index));
}
