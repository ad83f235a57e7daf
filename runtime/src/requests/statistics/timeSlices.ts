import { OutcomeSlice, type FinishedRequest } from './outcomeSlice.ts';

/** The windows over which statistics are taken. */
export const STATISTICS_WINDOWS = ['1m', '5m', '1h', '24h'] as const;

/** A window up to now: a minute, five minutes, an hour, a day. */
export type StatisticsWindow = (typeof STATISTICS_WINDOWS)[number];

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Slices of one width, and how long they are kept before they become part of the next wider ones. */
interface Level {
  readonly widthMillis: number;
  readonly keptMillis: number;
}

const LEVELS = [
  { widthMillis: 10 * SECOND, keptMillis: 5 * MINUTE },
  { widthMillis: 5 * MINUTE, keptMillis: HOUR },
  { widthMillis: HOUR, keptMillis: 24 * HOUR },
] as const satisfies readonly Level[];

/** How long each window is, in milliseconds. */
export const WINDOW_MILLIS: Readonly<Record<StatisticsWindow, number>> = {
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

interface Slice {
  readonly startMillis: number;
  readonly outcomes: OutcomeSlice;
}

/**
 * What happened in the last day, in slices of ten seconds for five minutes, of five minutes for an hour, and of an hour for
 * the rest: what has grown old enough is merged into the next wider slice, so that nothing is lost and little is kept.
 */
export class TimeSlices {
  readonly #levels: readonly Slice[][] = LEVELS.map(() => []);
  /** The slice of the level of ten seconds that was added to last, and its number. */
  #current: OutcomeSlice | undefined;
  #currentNumber = 0;

  /** Counts a request that has ended now. */
  add(request: FinishedRequest, nowMillis: number): void {
    const number = Math.floor(nowMillis / LEVELS[0].widthMillis);
    if (this.#current === undefined || number !== this.#currentNumber) {
      this.rollUp(nowMillis);
      this.#current = this.#sliceAt(0, nowMillis);
      this.#currentNumber = number;
    }
    this.#current.add(request);
  }

  /** Moves what has grown old, and lets go of what is older than a day. */
  rollUp(nowMillis: number): void {
    for (const [index, { widthMillis, keptMillis }] of LEVELS.entries()) {
      const slices = this.#levels[index] ?? [];
      while (slices[0] !== undefined && slices[0].startMillis + widthMillis <= nowMillis - keptMillis) {
        const { startMillis, outcomes } = slices.shift() as Slice;
        if (outcomes === this.#current) this.#current = undefined;
        if (index + 1 < LEVELS.length) this.#sliceAt(index + 1, startMillis).merge(outcomes);
      }
    }
  }

  /** All that happened since a window's start (`windowStart`). */
  within(window: StatisticsWindow, nowMillis: number): OutcomeSlice {
    this.rollUp(nowMillis);
    const from = windowStart(window, nowMillis);
    const sum = new OutcomeSlice();
    for (const slices of this.#levels.slice(0, WIDEST_LEVEL[window] + 1))
      for (const { startMillis, outcomes } of slices) if (startMillis >= from) sum.merge(outcomes);
    return sum;
  }

  /** Adds all that another holds. */
  merge(other: TimeSlices): void {
    for (const [index, slices] of other.#levels.entries())
      for (const { startMillis, outcomes } of slices) this.#sliceAt(index, startMillis).merge(outcomes);
  }

  /** Whether nothing of the last day is left. */
  get isEmpty(): boolean {
    return this.#levels.every((slices) => slices.length === 0);
  }

  /** How many slices, outcomes with durations and buckets there are: what memory goes by. */
  get extent(): { readonly slices: number; readonly summaries: number; readonly buckets: number } {
    const all = this.#levels.flat().map(({ outcomes }) => outcomes);
    return {
      slices: all.length,
      summaries: all.reduce((sum, { summaryCount }) => sum + summaryCount, 0),
      buckets: all.reduce((sum, { bucketCount }) => sum + bucketCount, 0),
    };
  }

  /** The slice of a level that a moment is in. */
  #sliceAt(level: number, millis: number): OutcomeSlice {
    const width = LEVELS[level]?.widthMillis ?? 1;
    const startMillis = Math.floor(millis / width) * width;
    const slices = this.#levels[level] ?? [];
    let index = slices.length;
    while (index > 0 && (slices[index - 1] as Slice).startMillis > startMillis) index -= 1;
    const found = slices[index - 1];
    if (found?.startMillis === startMillis) return found.outcomes;
    const outcomes = new OutcomeSlice();
    slices.splice(index, 0, { startMillis, outcomes });
    return outcomes;
  }
}
