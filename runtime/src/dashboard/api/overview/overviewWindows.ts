import type { OverviewWindow } from './overviewSchema.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** What is called recent: what happens now. */
export const RECENT_MILLIS = 5 * MINUTE;

/** How a window is read of slices. */
export interface WindowShape {
  readonly millis: number;
  /** How wide a bar is; slices of the tracker within the window are this wide, or parts of it. */
  readonly barMillis: number;
  /** How wide slices are that are older than the window; `undefined` where there are none. */
  readonly beforeMillis: number | undefined;
}

/** The windows, as the request tracker's slices have them. */
export const WINDOW_SHAPES: Readonly<Record<OverviewWindow, WindowShape>> = {
  '5m': { millis: 5 * MINUTE, barMillis: 10 * SECOND, beforeMillis: 5 * MINUTE },
  '1h': { millis: HOUR, barMillis: 5 * MINUTE, beforeMillis: HOUR },
  '24h': { millis: 24 * HOUR, barMillis: HOUR, beforeMillis: undefined },
};
