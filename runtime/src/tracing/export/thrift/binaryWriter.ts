import { ThriftWriter } from './thriftWriter.ts';

const VERSION_1 = 0x8001_0000;
const ONEWAY = 4;

const BOOLEAN = 2;
const DOUBLE = 4;
const INT32 = 8;
const INT64 = 10;
const STRING = 11;
const STRUCT = 12;
const LIST = 15;

/**
 * Thrift's binary protocol, strict: types and lengths in full, everything big-endian.
 *
 * Source: thrift-binary-protocol.md of Apache Thrift.
 */
export class BinaryWriter extends ThriftWriter {
  onewayCall(method: string): void {
    this.#int32(VERSION_1 | ONEWAY);
    this.#text(method);
    this.#int32(0);
  }

  structField(id: number): void {
    this.#field(STRUCT, id);
  }

  endStruct(): void {
    this.buffer[this.position++] = 0;
  }

  beginStructs(id: number): number {
    this.#field(LIST, id);
    this.buffer[this.position++] = STRUCT;
    const place = this.position;
    this.position += 4;
    return place;
  }

  endStructs(place: number, count: number): void {
    this.view.setInt32(place, count);
  }

  booleanField(id: number, _after: number, value: boolean): void {
    this.#field(BOOLEAN, id);
    this.buffer[this.position++] = value ? 1 : 0;
  }

  doubleField(id: number, _after: number, value: number): void {
    this.#field(DOUBLE, id);
    this.view.setFloat64(this.position, value);
    this.position += 8;
  }

  int32Field(id: number, _after: number, value: number): void {
    this.#field(INT32, id);
    this.#int32(value);
  }

  int64Field(id: number, _after: number, high: number, low: number): void {
    this.#field(INT64, id);
    this.#int32(high);
    this.#int32(low);
  }

  textField(id: number, _after: number, value: string): void {
    this.#field(STRING, id);
    this.#text(value);
  }

  /** Ids are below 256 in all that is written here. */
  #field(type: number, id: number): void {
    const { buffer, position } = this;
    buffer[position] = type;
    buffer[position + 1] = 0;
    buffer[position + 2] = id;
    this.position = position + 3;
  }

  #int32(value: number): void {
    this.view.setInt32(this.position, value);
    this.position += 4;
  }

  #text(value: string): void {
    const start = this.position + 4;
    if (!this.hasRoom(start, value.length)) {
      this.overrun();
      return;
    }
    const written = this.putText(value, start);
    this.view.setInt32(start - 4, written);
    this.position = start + written;
  }
}
