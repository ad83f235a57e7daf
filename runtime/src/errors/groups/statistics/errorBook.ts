import { type TimeSlice, TimeSlices } from '../../../core/timeSlices.ts';
import { ERROR_CATEGORIES, type ErrorCategory } from '../../errorCategory.ts';
import { ERROR_SEVERITIES, type ErrorSeverity } from '../../errorSeverity.ts';
import { ErrorSlice } from './errorSlice.ts';
import { ERROR_SLICE_LEVELS } from './errorWindows.ts';

/** A slice with its place in a list, and a share of the list that has room for more. */
const SLICE_BYTES = 160;
/** 30 of ten seconds, 12 of five minutes, 24 of an hour, 28 of six hours, and those that are about to be merged. */
const MOST_SLICES = 98;

/** What the book takes in memory at most. */
export const ERROR_BOOK_BYTES = ERROR_CATEGORIES.length * ERROR_SEVERITIES.length * MOST_SLICES * SLICE_BYTES;

interface Series {
  readonly category: ErrorCategory;
  readonly severity: ErrorSeverity;
  readonly slices: TimeSlices<ErrorSlice>;
}

/** What a window holds of one category and severity. */
export interface BookEntry {
  readonly category: ErrorCategory;
  readonly severity: ErrorSeverity;
  readonly sum: ErrorSlice;
}

/** A group's resolution, as it was counted. */
export interface CountedResolution {
  readonly category: ErrorCategory;
  readonly severity: ErrorSeverity;
  readonly atMillis: number;
  /** From the group's opening to it. */
  readonly tookMillis: number;
}

/** What happened to errors of each category and severity within a week, whatever became of their groups. */
export class ErrorBook {
  readonly #series: Readonly<Record<ErrorCategory, Readonly<Record<ErrorSeverity, Series>>>>;
  readonly #all: readonly Series[];

  constructor() {
    this.#series = byName(ERROR_CATEGORIES, (category) =>
      byName(ERROR_SEVERITIES, (severity) => ({
        category,
        severity,
        slices: new TimeSlices(ERROR_SLICE_LEVELS, () => new ErrorSlice()),
      })),
    );
    this.#all = Object.values(this.#series).flatMap((bySeverity) => Object.values(bySeverity));
  }

  /** The slice of now, to be added to. */
  at(category: ErrorCategory, severity: ErrorSeverity, nowMillis: number): ErrorSlice {
    return this.#series[category][severity].slices.at(nowMillis);
  }

  /** A group is resolved now. */
  noteResolution({ category, severity, atMillis, tookMillis }: CountedResolution): void {
    const slice = this.at(category, severity, atMillis);
    slice.resolutions += 1;
    slice.resolveMillis += tookMillis;
  }

  /** A resolution was none: it is taken back when it was, so that windows hold it neither before nor after. */
  takeBack({ category, severity, atMillis, tookMillis }: CountedResolution): void {
    const slice = this.#series[category][severity].slices.holding(atMillis);
    if (slice === undefined) return;
    slice.resolutions -= 1;
    slice.resolveMillis -= tookMillis;
  }

  /** What happened since a moment. */
  since(fromMillis: number, nowMillis: number): readonly BookEntry[] {
    return this.#all.map(({ category, severity, slices }) => ({
      category,
      severity,
      sum: slices.since(fromMillis, nowMillis),
    }));
  }

  /** Every slice of every kind of errors. */
  *slices(): Generator<TimeSlice<ErrorSlice>, undefined> {
    for (const { slices } of this.#all) yield* slices.slices();
    return undefined;
  }
}

/** A record with a value for each name. */
export function byName<Name extends string, Value>(
  names: readonly Name[],
  valueOf: (name: Name) => Value,
): Readonly<Record<Name, Value>> {
  return Object.fromEntries(names.map((name) => [name, valueOf(name)])) as Record<Name, Value>;
}
