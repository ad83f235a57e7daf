const TWO_TO_32 = 4_294_967_296;

/** Up to here a loop is faster than a call into Node's C++; measured with names and values of usual spans. */
const LONGEST_LOOPED_TEXT = 12;

/**
 * How far a writer can get beyond its limit before anybody looks at {@link ThriftWriter.isFull}: the fixed-size fields of
 * a span between two texts or lists are less than a quarter of it.
 */
const OVERRUN_BYTES = 512;

/**
 * Writes structs of Thrift into one buffer that is used again and again.
 *
 * Nothing is measured beforehand, and nothing throws when the room is used up: what does not fit is left out, the position
 * is moved beyond the limit, and the caller, who looks at `isFull` after each tag and each span, goes back to a position
 * that it remembers.
 *
 * Every field is given with the id of the field before it in the same struct (0 for the first): the compact protocol
 * writes the difference only, and a writer that is told needs no stack of structs.
 */
export abstract class ThriftWriter {
  /** Where the next byte goes. */
  position = 0;
  protected readonly buffer: Buffer;
  protected readonly view: DataView;
  readonly #limit: number;

  /** `limit`: most bytes to be written. */
  constructor(limit: number) {
    this.#limit = limit;
    this.buffer = Buffer.allocUnsafeSlow(limit + OVERRUN_BYTES);
    this.view = new DataView(this.buffer.buffer, this.buffer.byteOffset, this.buffer.length);
  }

  /** Whether more was to be written than there is room for. */
  get isFull(): boolean {
    return this.position > this.#limit;
  }

  /** Writes the head of a oneway call with sequence number 0; its arguments, a struct, follow. */
  abstract onewayCall(method: string): void;
  /** Opens a field that is a struct; {@link endStruct} closes it. */
  abstract structField(id: number, after: number): void;
  /** Ends the struct that is open. */
  abstract endStruct(): void;
  /** Opens a list of structs, each of which is ended by `endStruct`; returns what `endStructs` has to be given. */
  abstract beginStructs(id: number, after: number): number;
  /** Closes a list of structs. */
  abstract endStructs(place: number, count: number): void;
  abstract booleanField(id: number, after: number, value: boolean): void;
  abstract doubleField(id: number, after: number, value: number): void;
  abstract int32Field(id: number, after: number, value: number): void;
  /** A 64-bit integer by its two halves, each taken as 32 bits whatever its sign. */
  abstract int64Field(id: number, after: number, high: number, low: number): void;
  abstract textField(id: number, after: number, value: string): void;

  /** A 64-bit integer that a number can hold exactly. */
  integerField(id: number, after: number, value: number): void {
    this.int64Field(id, after, Math.floor(value / TWO_TO_32), value | 0);
  }

  /** Writes what was encoded before. */
  bytes(encoded: Uint8Array): void {
    if (encoded.length > this.#limit - this.position) {
      this.overrun();
      return;
    }
    this.buffer.set(encoded, this.position);
    this.position += encoded.length;
  }

  /** A copy of what was written from a position on. */
  copyFrom(start: number): Uint8Array {
    return new Uint8Array(this.buffer.subarray(start, this.position));
  }

  /** What was written from the start on; valid until more is written. */
  written(): Buffer {
    return this.buffer.subarray(0, this.position);
  }

  /** Whether as many bytes would fit if the next one went to `start`. */
  protected hasRoom(start: number, length: number): boolean {
    return length <= this.#limit - start;
  }

  /** Takes note of something that does not fit. */
  protected overrun(): void {
    this.position = this.#limit + 1;
  }

  /**
   * Writes a text, of which there is room for as many bytes as it has characters, and returns its length in bytes. One that
   * turns out to be too long ends beyond the limit.
   */
  protected putText(text: string, start: number): number {
    const { length } = text;
    if (length <= LONGEST_LOOPED_TEXT) {
      const { buffer } = this;
      let index = 0;
      for (; index < length; index++) {
        const code = text.charCodeAt(index);
        if (code > 0x7f) break;
        buffer[start + index] = code;
      }
      if (index === length) return length;
    }
    // Node writes no part of a character, of which the longest has four bytes.
    return this.buffer.write(text, start, this.#limit - start + 4);
  }
}
