import { DURATION_BOUNDARIES_SECONDS } from '../../core/durationBoundariesSeconds.ts';

/** Those of OpenTelemetry's SDK, which are made for milliseconds. */
const DEFAULT_BOUNDARIES: readonly number[] = Object.freeze([
  0, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10_000,
]);

/** How many boundaries a histogram may have; the lowest ones stay. */
const MAX_BOUNDARIES = 256;

/**
 * The boundaries of a histogram: those that are advised, or the defaults of OpenTelemetry's SDK. Where the unit is `s`, the
 * default is that of the conventions for HTTP: the SDK's would count nearly all durations as one to five seconds.
 *
 * Advised ones are sorted, and told apart where they are finite numbers; an empty list asks for one bucket.
 */
export function boundariesOf(advised: unknown, unit: string): readonly number[] {
  if (!Array.isArray(advised)) return unit === 's' ? DURATION_BOUNDARIES_SECONDS : DEFAULT_BOUNDARIES;
  const finite = advised.filter((boundary: unknown): boundary is number => Number.isFinite(boundary));
  // As -0 and 0 are one boundary.
  const distinct = [...new Set(finite.map((boundary) => boundary + 0))];
  return Object.freeze(distinct.sort((a, b) => a - b).slice(0, MAX_BOUNDARIES));
}

/** The bucket that a value belongs to: the first whose upper end is not below it. */
export function bucketIndexOf(boundaries: readonly number[], value: number): number {
  let low = 0;
  let high = boundaries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((boundaries[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
