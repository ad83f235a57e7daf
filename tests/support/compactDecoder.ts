import type { ThriftMessage, ThriftStruct, ThriftValue } from './thriftDecoder.ts';

/** The first byte of every message of the compact protocol; none of the binary protocol starts with it. */
export const COMPACT_PROTOCOL = 0x82;

const VERSION_MASK = 0x1f;
const VERSION = 1;
const STOP = 0;

/** Reads one message of Thrift's compact protocol, and nothing but it: what is left over is an error. */
export function decodeCompactMessage(packet: Buffer): ThriftMessage {
  const reader = new Reader(packet);
  const method = reader.messageName();
  const fields = reader.struct();
  reader.expectEnd();
  return { method, fields };
}

/** Reads one struct of Thrift's compact protocol, and nothing but it. */
export function decodeCompactStruct(bytes: Buffer): ThriftStruct {
  const reader = new Reader(bytes);
  const fields = reader.struct();
  reader.expectEnd();
  return fields;
}

class Reader {
  readonly #bytes: Buffer;
  #position = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  expectEnd(): void {
    const left = this.#bytes.length - this.#position;
    if (left > 0) throw new Error(`${left} bytes are left over`);
  }

  messageName(): string {
    if (this.#byte() !== COMPACT_PROTOCOL) throw new Error('not a message of the compact protocol');
    if ((this.#byte() & VERSION_MASK) !== VERSION)
      throw new Error('a version of the compact protocol that nobody knows');
    this.#varint();
    return this.#binary().toString('utf8');
  }

  struct(): ThriftStruct {
    const fields = new Map<number, ThriftValue>();
    let id = 0;
    for (let head = this.#byte(); head !== STOP; head = this.#byte()) {
      const delta = head >> 4;
      id = delta === 0 ? Number(this.#zigzag()) : id + delta;
      fields.set(id, this.#value(head & 0xf));
    }
    return fields;
  }

  /** A boolean field has its value in its type. */
  #value(type: number): ThriftValue {
    switch (type) {
      case 1:
      case 2:
        return type === 1;
      case 3:
        return this.#take(1).readInt8();
      case 4:
      case 5:
        return Number(this.#zigzag());
      case 6:
        return this.#zigzag();
      case 7:
        return this.#take(8).readDoubleLE();
      case 8:
        return this.#binary();
      case 9:
      case 10:
        return this.#list();
      case 12:
        return this.struct();
      default:
        throw new Error(`unknown type ${type} at byte ${this.#position}`);
    }
  }

  #list(): readonly ThriftValue[] {
    const head = this.#byte();
    const length = head >> 4 === 0xf ? Number(this.#varint()) : head >> 4;
    return Array.from({ length }, () => this.#element(head & 0xf));
  }

  /** Unlike a field, an element that is a boolean is a byte. */
  #element(type: number): ThriftValue {
    return type <= 2 ? this.#byte() === 1 : this.#value(type);
  }

  #zigzag(): bigint {
    const value = this.#varint();
    return (value >> 1n) ^ -(value & 1n);
  }

  #varint(): bigint {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = this.#byte();
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  }

  #binary(): Buffer {
    return this.#take(Number(this.#varint()));
  }

  #byte(): number {
    return this.#take(1).readUInt8();
  }

  #take(length: number): Buffer {
    if (length > this.#bytes.length - this.#position) throw new Error(`the message is cut at byte ${this.#position}`);
    this.#position += length;
    return this.#bytes.subarray(this.#position - length, this.#position);
  }
}
