import type { FinishedRequest } from './outcomeSlice.ts';
import { TimeSlices } from './timeSlices.ts';

/** What stands for every value that there was no series left for. */
export const OTHER = '(other)';

const SERIES_BYTES = 450;
const SLICE_BYTES = 560;
const BUCKET_BYTES = 24;

/**
 * A series of outcomes for each value of one dimension, such as each operation. Of values there may be any number; of
 * series there are `limit`, and one more, `OTHER`, for all the values that came when the table was full. A series of which
 * nothing happened for a day makes room.
 */
export class SeriesTable {
  readonly #limit: number;
  readonly #series = new Map<string, TimeSlices>();
  #other: TimeSlices | undefined;
  #bytes = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** The name under which a value is counted: its own, or `OTHER`. */
  labelOf(value: string): string {
    if (value === OTHER || this.#series.has(value)) return value;
    if (this.#series.size >= this.#limit) return OTHER;
    this.#series.set(value, new TimeSlices());
    this.#bytes += SERIES_BYTES + value.length;
    return value;
  }

  add(value: string, request: FinishedRequest, nowMillis: number): void {
    const series = this.#series.get(value) ?? this.of(this.labelOf(value)) ?? (this.#other = new TimeSlices());
    series.add(request, nowMillis);
  }

  /** The series of a label (`labelOf`). */
  of(label: string): TimeSlices | undefined {
    return label === OTHER ? this.#other : this.#series.get(label);
  }

  /** Every label with its series, `OTHER` last. */
  *entries(): Generator<readonly [string, TimeSlices]> {
    yield* this.#series;
    if (this.#other !== undefined) yield [OTHER, this.#other];
  }

  /** What it takes in memory, estimated when it was last swept. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Rolls all up, and lets go of series without anything in them. Values that still live may come back as new ones. */
  sweep(nowMillis: number): void {
    this.#bytes = 0;
    for (const [label, series] of this.entries()) {
      series.rollUp(nowMillis);
      const { slices, buckets } = series.extent;
      if (slices === 0) this.#series.delete(label);
      else this.#bytes += SERIES_BYTES + label.length + slices * SLICE_BYTES + buckets * BUCKET_BYTES;
    }
  }

  /** Merges the smaller half of the series into `OTHER`, to take less memory. Nothing that was counted is lost. */
  fold(nowMillis: number): void {
    const bySize = [...this.#series].sort(([, a], [, b]) => a.extent.buckets - b.extent.buckets);
    for (const [label, series] of bySize.slice(0, Math.ceil(bySize.length / 2))) {
      (this.#other ??= new TimeSlices()).merge(series);
      this.#series.delete(label);
    }
    this.sweep(nowMillis);
  }
}
