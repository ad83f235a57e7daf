import { z } from '@hono/zod-openapi';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Windows up to now, by their names, in milliseconds. */
const WINDOWS_MILLIS = {
  '15m': 15 * MINUTE,
  '1h': HOUR,
  '6h': 6 * HOUR,
  '24h': 24 * HOUR,
  '7d': 7 * 24 * HOUR,
} as const;

/** The name of a window up to now. */
export type WindowName = keyof typeof WINDOWS_MILLIS;

/** The furthest from 1970 that is asked for: longer numbers are a mistake. */
const LAST_MILLIS = 8.64e15;
/** Nothing is kept for longer than a year and a day. */
const LONGEST_MILLIS = 367 * 24 * HOUR;

const wallMillisText = z
  .string()
  .regex(/^\d{1,16}(\.\d{1,6})?$/, 'has to be milliseconds since 1970')
  .transform(Number)
  .refine((millis) => millis <= LAST_MILLIS, 'has to be a time');

/** Of which time something is asked: a window up to now, or from and to. */
export const timeRangeShape = {
  window: z.enum(['15m', '1h', '6h', '24h', '7d']).default('1h').openapi({
    description: 'Up to now; where `fromMillis` and `toMillis` are given, these count.',
  }),
  fromMillis: wallMillisText.optional().openapi({ type: 'string', description: 'Milliseconds since 1970.' }),
  toMillis: wallMillisText
    .optional()
    .openapi({ type: 'string', description: 'Milliseconds since 1970; now if left out.' }),
} as const;

/** What was asked of the time. */
export interface AskedRange {
  readonly window: WindowName;
  readonly fromMillis?: number | undefined;
  readonly toMillis?: number | undefined;
}

/** A span of time, in milliseconds since 1970. */
export interface TimeRange {
  readonly fromMillis: number;
  readonly toMillis: number;
}

/** The time that is asked for: at least a second, at most what can be kept. */
export function timeRangeOf({ window, fromMillis, toMillis }: AskedRange, nowMillis: number): TimeRange {
  const to = toMillis ?? nowMillis;
  const from = Math.min(fromMillis ?? to - WINDOWS_MILLIS[window], to - 1000);
  return { fromMillis: Math.max(from, to - LONGEST_MILLIS), toMillis: to };
}
