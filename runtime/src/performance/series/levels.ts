const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** How fine points are: as they were taken, of a minute each, of an hour each. */
export const RESOLUTIONS = ['raw', 'minute', 'hour'] as const;

/** How fine points are, see `RESOLUTIONS`. */
export type SeriesResolution = (typeof RESOLUTIONS)[number];

/** The index of a resolution, the finest first. */
export type Level = 0 | 1 | 2;

/** A number for each level. */
export type PerLevel = readonly [raw: number, minutes: number, hours: number];

/** Every level, the finest first. */
export const LEVELS: readonly Level[] = [0, 1, 2];

/** How wide slices are of each level, in milliseconds; raw points have no width, but times of whole milliseconds. */
export const WIDTH_MILLIS: PerLevel = [1, MINUTE, HOUR];

/** What the end of each level is a multiple of: slices of the next one are made of whole ones only. */
export const STEP_MILLIS: PerLevel = [MINUTE, HOUR, HOUR];

/** The last multiple of a width that is not after a time. */
export function floorTo(widthMillis: number, timeMillis: number): number {
  return Math.floor(timeMillis / widthMillis) * widthMillis;
}
