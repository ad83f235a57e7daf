import { type SliceLevel, TimeSlices } from '../../core/timeSlices.ts';
import { OutcomeSlice, type FinishedRequest } from './outcomeSlice.ts';

/** The windows over which statistics are taken. */
export const STATISTICS_WINDOWS = ['1m', '5m', '1h', '24h'] as const;

/** A window up to now: a minute, five minutes, an hour, a day. */
export type StatisticsWindow = (typeof STATISTICS_WINDOWS)[number];

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const LEVELS = [
  { widthMillis: 10 * SECOND, keptMillis: 5 * MINUTE },
  { widthMillis: 5 * MINUTE, keptMillis: HOUR },
  { widthMillis: HOUR, keptMillis: 24 * HOUR },
] as const satisfies readonly SliceLevel[];

/** How long each window is, in milliseconds. */
const WINDOW_MILLIS: Readonly<Record<StatisticsWindow, number>> = {
  '1m': MINUTE,
  '5m': 5 * MINUTE,
  '1h': HOUR,
  '24h': 24 * HOUR,
};

/** The index of the widest level that a window reaches into. */
const WIDEST_LEVEL: Readonly<Record<StatisticsWindow, 0 | 1 | 2>> = { '1m': 0, '5m': 0, '1h': 1, '24h': 2 };

/** Where a window begins, in milliseconds of the clock: with the slice that its far end is in. */
export function windowStart(window: StatisticsWindow, nowMillis: number): number {
  const width = LEVELS[WIDEST_LEVEL[window]].widthMillis;
  return Math.floor((nowMillis - WINDOW_MILLIS[window]) / width) * width;
}

/**
 * What happened in the last day, in slices of ten seconds for five minutes, of five minutes for an hour, and of an hour for
 * the rest.
 */
export class OutcomeSlices extends TimeSlices<OutcomeSlice> {
  constructor() {
    super(LEVELS, () => new OutcomeSlice());
  }

  /** Counts a request that has ended now. */
  add(request: FinishedRequest, nowMillis: number): void {
    this.at(nowMillis).add(request);
  }

  /** All that happened since a window's start (`windowStart`). */
  within(window: StatisticsWindow, nowMillis: number): OutcomeSlice {
    return this.since(windowStart(window, nowMillis), nowMillis);
  }

  /** How many requests ended since a window's start: quicker than `within`, as durations are left alone. */
  countWithin(window: StatisticsWindow, nowMillis: number): number {
    this.rollUp(nowMillis);
    const fromMillis = windowStart(window, nowMillis);
    let count = 0;
    for (const { startMillis, content } of this.slices()) if (startMillis >= fromMillis) count += content.count;
    return count;
  }

  /** How many requests failed since a window's start, cancelled ones left out: quick, too. */
  failuresWithin(window: StatisticsWindow, nowMillis: number): number {
    this.rollUp(nowMillis);
    const fromMillis = windowStart(window, nowMillis);
    let failures = 0;
    for (const { startMillis, content } of this.slices())
      if (startMillis >= fromMillis) failures += (content.failed?.count ?? 0) - content.cancelled;
    return failures;
  }

  /** Whether nothing of the last day is left. */
  get isEmpty(): boolean {
    return this.size === 0;
  }

  /** How many slices, outcomes with durations and buckets there are: what memory goes by. */
  get extent(): { readonly slices: number; readonly summaries: number; readonly buckets: number } {
    let summaries = 0;
    let buckets = 0;
    for (const { content } of this.slices()) {
      summaries += content.summaryCount;
      buckets += content.bucketCount;
    }
    return { slices: this.size, summaries, buckets };
  }
}
