/** A value of Thrift; 64-bit integers and byte strings as they are. */
export type ThriftValue = boolean | number | bigint | Buffer | ThriftStruct | readonly ThriftValue[];

/** A struct by field number. */
export type ThriftStruct = ReadonlyMap<number, ThriftValue>;

/** A call by Thrift. */
export interface ThriftMessage {
  readonly method: string;
  readonly fields: ThriftStruct;
}

const VERSION_1 = 0x8001;

/** Reads one message of Thrift's binary protocol, strict or old, and nothing but it: what is left over is an error. */
export function decodeThriftMessage(packet: Buffer): ThriftMessage {
  const reader = new Reader(packet);
  const method = reader.messageName();
  const fields = reader.struct();
  if (reader.left > 0) throw new Error(`${reader.left} bytes follow the message`);
  return { method, fields };
}

/** Reads one struct of Thrift's binary protocol, and nothing but it. */
export function decodeThriftStruct(bytes: Buffer): ThriftStruct {
  const reader = new Reader(bytes);
  const fields = reader.struct();
  if (reader.left > 0) throw new Error(`${reader.left} bytes follow the struct`);
  return fields;
}

class Reader {
  readonly #bytes: Buffer;
  #position = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get left(): number {
    return this.#bytes.length - this.#position;
  }

  messageName(): string {
    const first = this.#int32();
    const strict = first < 0;
    if (strict && first >>> 16 !== VERSION_1) throw new Error('not a message of the binary protocol');
    const name = this.#take(strict ? this.#int32() : first).toString('utf8');
    this.#take(strict ? 4 : 5);
    return name;
  }

  struct(): ThriftStruct {
    const fields = new Map<number, ThriftValue>();
    for (let type = this.#byte(); type !== 0; type = this.#byte()) {
      const id = this.#take(2).readInt16BE();
      fields.set(id, this.#value(type));
    }
    return fields;
  }

  #value(type: number): ThriftValue {
    switch (type) {
      case 2:
        return this.#byte() !== 0;
      case 3:
        return this.#byte();
      case 4:
        return this.#take(8).readDoubleBE();
      case 6:
        return this.#take(2).readInt16BE();
      case 8:
        return this.#int32();
      case 10:
        return this.#take(8).readBigInt64BE();
      case 11:
        return this.#take(this.#int32());
      case 12:
        return this.struct();
      case 14:
      case 15:
        return this.#list();
      default:
        throw new Error(`unknown type ${type} at byte ${this.#position}`);
    }
  }

  #list(): readonly ThriftValue[] {
    const type = this.#byte();
    const length = this.#int32();
    return Array.from({ length }, () => this.#value(type));
  }

  #byte(): number {
    return this.#take(1).readUInt8();
  }

  #int32(): number {
    return this.#take(4).readInt32BE();
  }

  #take(length: number): Buffer {
    if (length < 0 || length > this.left) throw new Error(`the message is cut at byte ${this.#position}`);
    this.#position += length;
    return this.#bytes.subarray(this.#position - length, this.#position);
  }
}
