import { QuantileSketch } from '../../core/quantileSketch.ts';
import { Distribution } from './distribution.ts';

// A slice in bytes: the distance to the one before, `count * FLAGS + flags`, min, and what the flags say. Whole numbers take
// one byte for each seven bits, with the lowest first, as in LEB128.
const FLAGS = 8;
/** The largest value differs from the smallest. */
const HAS_SPREAD = 1;
/** The sum does not follow from the extremes. */
const HAS_SUM = 2;
const HAS_SKETCH = 4;

const FIRST_SIZE = 256;
const LONGEST_NUMBER = 10;

/** Writes slices as bytes. One is enough for all queues: what it wrote is to be copied before it writes again. */
export class SliceWriter {
  #bytes = new Uint8Array(FIRST_SIZE);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  /**
   * @param distance - to the slice before, a whole number from 0
   * @param covers - whether `coveredMillis` is written
   * @returns bytes that are the writer's own
   */
  encode(distance: number, slice: Distribution, covers: boolean): Uint8Array {
    const { count, sum, min, max, sketch } = slice;
    this.#length = 0;
    const flags =
      count === 0
        ? 0
        : (min === max ? 0 : HAS_SPREAD) |
          (sum === impliedSum(count, min, max) ? 0 : HAS_SUM) |
          (sketch === undefined ? 0 : HAS_SKETCH);
    this.#whole(distance);
    this.#whole(count * FLAGS + flags);
    if (covers) this.#whole(Math.round(slice.coveredMillis));
    if (count > 0) this.#float(min);
    if ((flags & HAS_SPREAD) !== 0) this.#float(max);
    if ((flags & HAS_SUM) !== 0) this.#float(sum);
    if (sketch !== undefined) this.#sketch(sketch);
    return this.#bytes.subarray(0, this.#length);
  }

  #sketch(sketch: QuantileSketch): void {
    this.#whole(sketch.bucketCount);
    let before: number | undefined;
    for (const [bucket, count] of sketch.entries()) {
      this.#whole(before === undefined ? zigzag(bucket) : bucket - before);
      this.#whole(count);
      before = bucket;
    }
  }

  #whole(value: number): void {
    this.#reserve(LONGEST_NUMBER);
    let rest = value;
    while (rest >= 128) {
      this.#bytes[this.#length] = (rest % 128) + 128;
      this.#length += 1;
      rest = Math.floor(rest / 128);
    }
    this.#bytes[this.#length] = rest;
    this.#length += 1;
  }

  #float(value: number): void {
    this.#reserve(8);
    this.#view.setFloat64(this.#length, value);
    this.#length += 8;
  }

  #reserve(size: number): void {
    if (this.#length + size <= this.#bytes.length) return;
    const larger = new Uint8Array(this.#bytes.length * 2);
    larger.set(this.#bytes);
    this.#bytes = larger;
    this.#view = new DataView(larger.buffer);
  }
}

/** Reads what a `SliceWriter` wrote, one slice after the other. */
export class SliceReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #covers: boolean;
  /** Where the next slice begins. */
  offset: number;

  constructor(bytes: Uint8Array, offset: number, covers: boolean) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#covers = covers;
    this.offset = offset;
  }

  /** The distance to the slice before, which comes first. */
  distance(): number {
    return this.#whole();
  }

  /** What comes after the distance. */
  slice(): Distribution {
    const slice = new Distribution();
    const header = this.#whole();
    const flags = header % FLAGS;
    slice.count = (header - flags) / FLAGS;
    if (this.#covers) slice.coveredMillis = this.#whole();
    if (slice.count === 0) return slice;
    slice.min = this.#float();
    slice.max = (flags & HAS_SPREAD) === 0 ? slice.min : this.#float();
    slice.sum = (flags & HAS_SUM) === 0 ? impliedSum(slice.count, slice.min, slice.max) : this.#float();
    if ((flags & HAS_SKETCH) !== 0) slice.sketch = this.#sketch();
    return slice;
  }

  /** Passes over what comes after the distance. */
  skip(): void {
    const header = this.#whole();
    const flags = header % FLAGS;
    if (this.#covers) this.#whole();
    if (header === 0) return;
    this.offset += 8 + ((flags & HAS_SPREAD) === 0 ? 0 : 8) + ((flags & HAS_SUM) === 0 ? 0 : 8);
    if ((flags & HAS_SKETCH) === 0) return;
    for (let rest = 2 * this.#whole(); rest > 0; rest -= 1) this.#whole();
  }

  #sketch(): QuantileSketch {
    const sketch = new QuantileSketch();
    const length = this.#whole();
    let bucket = 0;
    for (let index = 0; index < length; index += 1) {
      const distance = this.#whole();
      bucket = index === 0 ? unzigzag(distance) : bucket + distance;
      sketch.add(bucket, this.#whole());
    }
    return sketch;
  }

  #whole(): number {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = this.#bytes[this.offset] ?? 0;
      this.offset += 1;
      if (byte < 128) return value + byte * scale;
      value += (byte - 128) * scale;
      scale *= 128;
    }
  }

  #float(): number {
    const value = this.#view.getFloat64(this.offset);
    this.offset += 8;
    return value;
  }
}

/** What the sum is where all values are the same or there are two; no number where it may be any. */
function impliedSum(count: number, min: number, max: number): number {
  if (min === max) return min * count;
  return count === 2 ? min + max : Number.NaN;
}

/** Numbers that may be below zero as ones that are not, small ones as small ones. */
function zigzag(value: number): number {
  return value < 0 ? -2 * value - 1 : 2 * value;
}

function unzigzag(value: number): number {
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}
