/**
 * Reads a message of Protocol Buffers field by field, as it is encoded (https://protobuf.dev/programming-guides/encoding/). A tag is the number of
 * a field, times 8, and the type of its encoding.
 */
export class WireReader {
  readonly #bytes: Buffer;
  readonly #end: number;
  #at: number;

  /** @param start - Where the message starts. @param end - And where it ends. */
  constructor(bytes: Buffer, start = 0, end = bytes.length) {
    this.#bytes = bytes;
    this.#at = start;
    this.#end = end;
  }

  /** The tag of the next field, whose content is to be read or skipped; 0 at the end. */
  next(): number {
    return this.#at < this.#end ? this.varint() : 0;
  }

  varint(): number {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.#bytes.readUInt8(this.#at++);
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  }

  double(): number {
    return this.#bytes.readDoubleLE(this.#advance(8));
  }

  text(): string {
    const length = this.varint();
    const start = this.#advance(length);
    return this.#bytes.toString('utf8', start, start + length);
  }

  message(): WireReader {
    const length = this.varint();
    const start = this.#advance(length);
    return new WireReader(this.#bytes, start, start + length);
  }

  /** Leaves out the content of a field. @throws RangeError for an encoding that there is none of. */
  skip(tag: number): void {
    switch (tag & 7) {
      case 0:
        this.varint();
        return;
      case 1:
        this.#advance(8);
        return;
      case 2:
        this.#advance(this.varint());
        return;
      case 5:
        this.#advance(4);
        return;
      default:
        throw new RangeError(`a field is encoded as ${tag & 7}: no message has that`);
    }
  }

  /** @returns where the content started. @throws RangeError where the message ends before its content. */
  #advance(length: number): number {
    const start = this.#at;
    this.#at += length;
    if (this.#at > this.#end) throw new RangeError('a message ends in the middle of a field');
    return start;
  }
}
