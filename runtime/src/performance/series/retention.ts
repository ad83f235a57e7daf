import {
  floorTo,
  type Level,
  LEVELS,
  type PerLevel,
  RESOLUTIONS,
  type SeriesResolution,
  STEP_MILLIS,
} from './levels.ts';
import type { SeriesStoreConfig } from './seriesStoreOptions.ts';
import type { SliceWriter } from './sliceCodec.ts';
import type { TimeSeries } from './timeSeries.ts';

/** What is left after everything that is too old or too much was let go of. */
export interface Kept {
  readonly gone: readonly TimeSeries[];
  readonly bytes: number;
}

/** Decides when points become coarser, and what goes when there is too much. */
export class Retention {
  readonly early = { raw: 0, minutes: 0, hours: 0, series: 0 };
  expiredSeries = 0;
  readonly #config: SeriesStoreConfig;
  readonly #keptMillis: PerLevel;
  /** Up to when each level was moved on. They are multiples of its step, and none is after that of the finer level. */
  readonly #ends: [raw: number, minutes: number, hours: number] = [0, 0, 0];
  #sinceMillis: number | undefined;

  constructor(config: SeriesStoreConfig) {
    this.#config = config;
    this.#keptMillis = [config.keepRawMillis, config.keepMinutesMillis, config.keepHoursMillis];
  }

  /** When points came for the first time. */
  get sinceMillis(): number {
    return this.#sinceMillis ?? 0;
  }

  /** The finest level that has all points since a time, but none that is finer than a resolution. */
  levelFor(fromMillis: number, resolution: SeriesResolution = 'raw'): Level {
    const from = Math.max(fromMillis, this.sinceMillis);
    const isCovered = (level: Level): boolean => level === 2 || from >= this.#ends[level];
    return LEVELS.find((level) => level >= RESOLUTIONS.indexOf(resolution) && isCovered(level)) ?? 2;
  }

  /** Moves what is old, and lets go of what is too much. */
  tidy(all: readonly TimeSeries[], nowMillis: number, otherBytes: number, writer: SliceWriter): Kept {
    if (this.#sinceMillis === undefined) this.#begin(nowMillis);
    for (const level of LEVELS) {
      const end = floorTo(STEP_MILLIS[level], nowMillis - this.#keptMillis[level]);
      this.#ends[level] = Math.max(this.#ends[level], end);
    }
    for (const series of all) series.rollUp(this.#ends, writer);
    const oldest = nowMillis - this.#config.keepHoursMillis;
    const gone = all.filter(({ lastMillis }) => lastMillis <= oldest);
    const rest = all.filter(({ lastMillis }) => lastMillis > oldest);
    this.expiredSeries += gone.length;
    this.#shed(rest, nowMillis, otherBytes, writer);
    while (this.#isOver(rest, otherBytes) && rest.length > 0) {
      gone.push(rest.pop() as TimeSeries);
      this.early.series += 1;
    }
    return { gone, bytes: bytesOf(rest, otherBytes) };
  }

  #begin(nowMillis: number): void {
    this.#sinceMillis = nowMillis;
    for (const level of LEVELS) this.#ends[level] = floorTo(STEP_MILLIS[level], nowMillis);
  }

  /**
   * Gives up half of the time of the finest level again and again, then of the next one. The minute and the hour that go on
   * stay: wider slices are made of whole ones.
   */
  #shed(all: readonly TimeSeries[], nowMillis: number, otherBytes: number, writer: SliceWriter): void {
    for (const level of LEVELS) {
      const latest = floorTo(STEP_MILLIS[level], nowMillis);
      while (this.#ends[level] < latest && this.#isOver(all, otherBytes)) {
        const step = STEP_MILLIS[level];
        const half = floorTo(step, (this.#ends[level] + latest) / 2);
        this.#ends[level] = Math.max(half, this.#ends[level] + step);
        for (const series of all) this.#count(series.rollUp(this.#ends, writer));
      }
    }
  }

  #count([raw, minutes, hours]: PerLevel): void {
    this.early.raw += raw;
    this.early.minutes += minutes;
    this.early.hours += hours;
  }

  #isOver(all: readonly TimeSeries[], otherBytes: number): boolean {
    const { maxBytes, maxPoints } = this.#config;
    return bytesOf(all, otherBytes) > maxBytes || all.reduce((sum, { size }) => sum + size, 0) > maxPoints;
  }
}

function bytesOf(all: readonly TimeSeries[], otherBytes: number): number {
  return all.reduce((sum, { bytes }) => sum + bytes, otherBytes);
}
