import type { SliceLevel } from '../../../core/timeSlices.ts';

/** The windows over which errors are counted. */
export const ERROR_WINDOWS = ['1m', '5m', '1h', '24h', '7d'] as const;

/** A window up to now: a minute, five minutes, an hour, a day, a week. */
export type ErrorWindow = (typeof ERROR_WINDOWS)[number];

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Of ten seconds for five minutes, of five minutes for an hour, of an hour for a day, of six hours for a week. */
export const ERROR_SLICE_LEVELS: readonly SliceLevel[] = [
  { widthMillis: 10 * SECOND, keptMillis: 5 * MINUTE },
  { widthMillis: 5 * MINUTE, keptMillis: HOUR },
  { widthMillis: HOUR, keptMillis: DAY },
  { widthMillis: 6 * HOUR, keptMillis: 7 * DAY },
];

const WINDOWS: Readonly<Record<ErrorWindow, { readonly millis: number; readonly widthMillis: number }>> = {
  '1m': { millis: MINUTE, widthMillis: 10 * SECOND },
  '5m': { millis: 5 * MINUTE, widthMillis: 10 * SECOND },
  '1h': { millis: HOUR, widthMillis: 5 * MINUTE },
  '24h': { millis: DAY, widthMillis: HOUR },
  '7d': { millis: 7 * DAY, widthMillis: 6 * HOUR },
};

/** How wide the slices are in which a window is shown, in milliseconds. */
export function errorSliceMillis(window: ErrorWindow): number {
  return WINDOWS[window].widthMillis;
}

/** Where a window begins, in milliseconds of the clock: with the slice that its far end is in. */
export function errorWindowStart(window: ErrorWindow, nowMillis: number): number {
  const { millis, widthMillis } = WINDOWS[window];
  return Math.floor((nowMillis - millis) / widthMillis) * widthMillis;
}
