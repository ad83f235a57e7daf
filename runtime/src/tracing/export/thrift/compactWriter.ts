import { ThriftWriter } from './thriftWriter.ts';

const PROTOCOL = 0x82;
const ONEWAY_OF_VERSION_1 = (4 << 5) | 1;

const TRUE = 1;
const FALSE = 2;
const INT32 = 5;
const INT64 = 6;
const DOUBLE = 7;
const STRING = 8;
const LIST = 9;
const STRUCT = 12;

/** From this many elements on, a list's length follows its head. */
const LONG_LIST = 15;

/**
 * Thrift's compact protocol: a field's head is one byte, integers and lengths take as many bytes as they need.
 *
 * Source: thrift-compact-protocol.md of Apache Thrift.
 */
export class CompactWriter extends ThriftWriter {
  onewayCall(method: string): void {
    this.buffer[this.position++] = PROTOCOL;
    this.buffer[this.position++] = ONEWAY_OF_VERSION_1;
    this.#varint(0);
    this.#text(method);
  }

  structField(id: number, after: number): void {
    this.#field(STRUCT, id, after);
  }

  endStruct(): void {
    this.buffer[this.position++] = 0;
  }

  beginStructs(id: number, after: number): number {
    this.#field(LIST, id, after);
    return this.position++;
  }

  /** Most lists are short; the elements of a long one are moved to make room for its length. */
  endStructs(place: number, count: number): void {
    if (count < LONG_LIST) {
      this.buffer[place] = (count << 4) | STRUCT;
      return;
    }
    const shift = varintLength(count);
    const end = this.position + shift;
    this.buffer.copyWithin(place + 1 + shift, place + 1, this.position);
    this.buffer[place] = (LONG_LIST << 4) | STRUCT;
    this.position = place + 1;
    this.#varint(count);
    this.position = end;
  }

  booleanField(id: number, after: number, value: boolean): void {
    this.#field(value ? TRUE : FALSE, id, after);
  }

  /** Little-endian, unlike the binary protocol. */
  doubleField(id: number, after: number, value: number): void {
    this.#field(DOUBLE, id, after);
    this.view.setFloat64(this.position, value, true);
    this.position += 8;
  }

  int32Field(id: number, after: number, value: number): void {
    this.#field(INT32, id, after);
    this.#varint((value << 1) ^ (value >> 31));
  }

  /** The zigzag form of 64 bits, by halves: shifted to the left by one, and inverted when negative. */
  int64Field(id: number, after: number, high: number, low: number): void {
    this.#field(INT64, id, after);
    const sign = high >> 31;
    this.#varint64(((high << 1) | (low >>> 31)) ^ sign, (low << 1) ^ sign);
  }

  textField(id: number, after: number, value: string): void {
    this.#field(STRING, id, after);
    this.#text(value);
  }

  /** The short form of a head, for which ids have to rise by 15 at most: they do in all that is written here. */
  #field(type: number, id: number, after: number): void {
    this.buffer[this.position++] = ((id - after) << 4) | type;
  }

  #varint(value: number): void {
    const { buffer } = this;
    let { position } = this;
    let rest = value >>> 0;
    for (; rest > 0x7f; rest >>>= 7) buffer[position++] = (rest & 0x7f) | 0x80;
    buffer[position++] = rest;
    this.position = position;
  }

  #varint64(high: number, low: number): void {
    const { buffer } = this;
    let { position } = this;
    let upper = high >>> 0;
    let lower = low >>> 0;
    while (upper !== 0) {
      buffer[position++] = (lower & 0x7f) | 0x80;
      lower = ((lower >>> 7) | (upper << 25)) >>> 0;
      upper >>>= 7;
    }
    this.position = position;
    this.#varint(lower);
  }

  /** A text has at least as many bytes as characters: its length is written once more when it takes more room. */
  #text(value: string): void {
    const { position } = this;
    let start = position + varintLength(value.length);
    if (!this.hasRoom(start, value.length)) {
      this.overrun();
      return;
    }
    const written = this.putText(value, start);
    const shift = varintLength(written) - (start - position);
    if (shift > 0) {
      this.buffer.copyWithin(start + shift, start, start + written);
      start += shift;
    }
    this.#varint(written);
    this.position = start + written;
  }
}

function varintLength(value: number): number {
  if (value < 0x80) return 1;
  if (value < 0x4000) return 2;
  if (value < 0x20_0000) return 3;
  return value < 0x1000_0000 ? 4 : 5;
}
