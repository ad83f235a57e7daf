import type { FinishedRequest } from './outcomeSlice.ts';
import { OutcomeSlices } from './outcomeSlices.ts';

/** What stands for every value that there was no series left for. */
export const OTHER = '(other)';

const NONE: ReadonlySet<string> = new Set();

const SERIES_BYTES = 450;
const SLICE_BYTES = 160;
/** Durations of one outcome: four boxed numbers, and two arrays that have room for sixteen more than they hold. */
const SUMMARY_BYTES = 560;
const BUCKET_BYTES = 28;

/** What a series takes in memory, estimated. */
export function seriesBytes({ extent }: OutcomeSlices): number {
  const { slices, summaries, buckets } = extent;
  return SERIES_BYTES + slices * SLICE_BYTES + summaries * SUMMARY_BYTES + buckets * BUCKET_BYTES;
}

/**
 * A series of outcomes for each value of one dimension, such as each operation. Of values there may be any number; of
 * series there are `limit`, and one more, `OTHER`, for all the values that came when the table was full. Values that are
 * `reserved` have series besides. A series of which nothing happened for a day makes room.
 */
export class OutcomeTable {
  readonly #limit: number;
  readonly #reserved: ReadonlySet<string>;
  readonly #series = new Map<string, OutcomeSlices>();
  #other: OutcomeSlices | undefined;
  #bytes = 0;

  constructor(limit: number, reserved: ReadonlySet<string> = NONE) {
    this.#limit = limit;
    this.#reserved = reserved;
  }

  /** The name under which a value is counted: its own, or `OTHER`. */
  labelOf(value: string): string {
    if (value === OTHER || this.#series.has(value)) return value;
    if (!this.#reserved.has(value) && this.#isFull()) return OTHER;
    this.#series.set(value, new OutcomeSlices());
    this.#bytes += SERIES_BYTES + value.length;
    return value;
  }

  /** @returns the name under which it was counted */
  add(value: string, request: FinishedRequest, nowMillis: number): string {
    const known = this.#series.get(value);
    if (known !== undefined) {
      known.add(request, nowMillis);
      return value;
    }
    const label = this.labelOf(value);
    const series = this.of(label) ?? (this.#other = new OutcomeSlices());
    series.add(request, nowMillis);
    return label;
  }

  /** The series of a label (`labelOf`). */
  of(label: string): OutcomeSlices | undefined {
    return label === OTHER ? this.#other : this.#series.get(label);
  }

  /** How many series there are, `OTHER` left out. */
  get size(): number {
    return this.#series.size;
  }

  /** Every label with its series, `OTHER` last. */
  *entries(): Generator<readonly [string, OutcomeSlices]> {
    yield* this.#series;
    if (this.#other !== undefined) yield [OTHER, this.#other];
  }

  /** What it takes in memory, estimated when it was last swept. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Rolls all up, and lets go of series without anything in them, but for those of values that still `live`. */
  sweep(nowMillis: number, live: ReadonlySet<string>): void {
    this.#bytes = 0;
    for (const [label, series] of this.entries()) {
      series.rollUp(nowMillis);
      if (series.isEmpty && !live.has(label)) this.#series.delete(label);
      else this.#bytes += seriesBytes(series) + label.length;
    }
  }

  /**
   * Merges the smaller half of the series into `OTHER`, to take less memory. Nothing that was counted is lost. Values of
   * which more happens come back as new series.
   *
   * @returns the labels that are no more
   */
  fold(): readonly string[] {
    const sized = [...this.#series].map(([label, series]) => ({ label, series, buckets: series.extent.buckets }));
    const smaller = sized.sort((a, b) => a.buckets - b.buckets).slice(0, Math.ceil(sized.length / 2));
    for (const { label, series } of smaller) {
      (this.#other ??= new OutcomeSlices()).merge(series);
      this.#series.delete(label);
    }
    return smaller.map(({ label }) => label);
  }

  #isFull(): boolean {
    if (this.#series.size < this.#limit) return false;
    let reserved = 0;
    for (const value of this.#reserved) if (this.#series.has(value)) reserved += 1;
    return this.#series.size - reserved >= this.#limit;
  }
}
