import type { Distribution } from './distribution.ts';
import { SliceReader, type SliceWriter } from './sliceCodec.ts';

/** Room that is made beyond what is needed, as a part of it. */
const SLACK = 1 / 8;
/** Of an object with its typed array and the array's memory. */
const QUEUE_BYTES = 640;

/** A slice and when it begins. */
export interface TimedSlice {
  readonly timeMillis: number;
  readonly slice: Distribution;
}

/** What the slices of a queue have in common. */
export interface SliceQueueOptions {
  /** Times are whole multiples of this. */
  readonly unitMillis: number;
  /** Whether slices tell for how long they were counted. */
  readonly covers: boolean;
}

/**
 * Slices of a series in the order of time, in the fewest bytes: some twenty for one of two values. They are added at the
 * end and taken at the beginning.
 */
export class SliceQueue {
  readonly #options: SliceQueueOptions;
  #bytes = new Uint8Array(0);
  /** Where the first slice begins. */
  #head = 0;
  /** Where the next one will begin. */
  #tail = 0;
  #size = 0;
  #firstUnits = 0;
  #lastUnits = 0;

  constructor(options: SliceQueueOptions) {
    this.#options = options;
  }

  /** How many slices there are. */
  get size(): number {
    return this.#size;
  }

  /** What it takes in memory. */
  get bytes(): number {
    return QUEUE_BYTES + this.#bytes.length;
  }

  /** Adds a slice. Its time is not before the last one's. */
  push(timeMillis: number, slice: Distribution, writer: SliceWriter): void {
    const units = Math.floor(timeMillis / this.#options.unitMillis);
    // The distance of the first one is not looked at.
    const distance = this.#size === 0 ? 0 : units - this.#lastUnits;
    const encoded = writer.encode(distance, slice, this.#options.covers);
    this.#reserve(encoded.length);
    this.#bytes.set(encoded, this.#tail);
    this.#tail += encoded.length;
    if (this.#size === 0) this.#firstUnits = units;
    this.#lastUnits = units;
    this.#size += 1;
  }

  /** Takes out every slice of before a time, the oldest first. @returns how many they were */
  takeBefore(endMillis: number, visit: (slice: TimedSlice) => void): number {
    const before = this.#size;
    const { unitMillis, covers } = this.#options;
    if (before === 0 || this.#firstUnits * unitMillis >= endMillis) return 0;
    const reader = new SliceReader(this.#bytes, this.#head, covers);
    reader.distance();
    while (this.#size > 0 && this.#firstUnits * unitMillis < endMillis) {
      visit({ timeMillis: this.#firstUnits * unitMillis, slice: reader.slice() });
      this.#head = reader.offset;
      this.#size -= 1;
      if (this.#size > 0) this.#firstUnits += reader.distance();
    }
    this.#trim();
    return before - this.#size;
  }

  /** Every slice within a time, both ends of it too, the oldest first. */
  *slices(fromMillis: number, toMillis: number): Generator<TimedSlice, undefined> {
    const { unitMillis, covers } = this.#options;
    const reader = new SliceReader(this.#bytes, this.#head, covers);
    let units = this.#firstUnits;
    for (let index = 0; index < this.#size; index += 1) {
      const distance = reader.distance();
      if (index > 0) units += distance;
      const timeMillis = units * unitMillis;
      if (timeMillis > toMillis) return undefined;
      if (timeMillis < fromMillis) reader.skip();
      else yield { timeMillis, slice: reader.slice() };
    }
    return undefined;
  }

  /** Makes room at the end: of what was taken at the beginning, where that is enough of it. */
  #reserve(length: number): void {
    const capacity = this.#bytes.length;
    if (this.#tail + length <= capacity) return;
    const needed = this.#tail - this.#head + length;
    if (needed <= capacity * (1 - SLACK)) this.#moveTo(this.#bytes);
    else this.#moveTo(new Uint8Array(Math.ceil(needed * (1 + SLACK)) + 16));
  }

  /** Gives memory back of which less than half is used. */
  #trim(): void {
    const needed = this.#tail - this.#head;
    if (needed * 2 < this.#bytes.length) this.#moveTo(new Uint8Array(Math.ceil(needed * (1 + SLACK))));
  }

  #moveTo(bytes: Uint8Array<ArrayBuffer>): void {
    if (bytes === this.#bytes) bytes.copyWithin(0, this.#head, this.#tail);
    else bytes.set(this.#bytes.subarray(this.#head, this.#tail));
    this.#bytes = bytes;
    this.#tail -= this.#head;
    this.#head = 0;
  }
}
