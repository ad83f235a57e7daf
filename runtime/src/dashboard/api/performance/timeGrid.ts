const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** How wide slices of time may be, in milliseconds. Each is a multiple of all before it, so that wider ones are made of whole ones. */
const STEPS_MILLIS = [
  SECOND,
  5 * SECOND,
  10 * SECOND,
  30 * SECOND,
  MINUTE,
  5 * MINUTE,
  10 * MINUTE,
  30 * MINUTE,
  HOUR,
  3 * HOUR,
  6 * HOUR,
  24 * HOUR,
] as const;

/**
 * The narrowest slices that a window is at most so many of.
 *
 * @param leastMillis - narrower ones would be empty in between
 */
export function stepFor(windowMillis: number, mostSlices: number, leastMillis = 0): number {
  const least = Math.max(windowMillis / mostSlices, leastMillis);
  return STEPS_MILLIS.find((step) => step >= least) ?? 24 * HOUR;
}

/** When the slice of a time begins. Slices begin at multiples of their width since 1970: they are the same on every replica. */
export function sliceStart(millis: number, stepMillis: number): number {
  return Math.floor(millis / stepMillis) * stepMillis;
}
