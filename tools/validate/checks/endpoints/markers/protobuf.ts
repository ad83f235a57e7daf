/** A field of a protobuf message: a whole number, 64 fixed bits, or bytes (of a text, of a message). */
export type ProtobufField = readonly [
  number: number,
  value: number | { readonly fixed64: bigint } | string | Uint8Array,
];

const VARINT = 0;
const FIXED64 = 1;
const BYTES = 2;

/** Writes a message of protobuf, its fields in the order in which they are given. Numbers are not negative. */
export function protobufMessage(...fields: readonly ProtobufField[]): Buffer {
  return Buffer.concat(
    fields.flatMap(([number, value]): Uint8Array[] => {
      if (typeof value === 'number') return [varint((number << 3) | VARINT), varint(value)];
      if (typeof value === 'string' || value instanceof Uint8Array) {
        const bytes = Buffer.from(value);
        return [varint((number << 3) | BYTES), varint(bytes.length), bytes];
      }
      const fixed = Buffer.alloc(8);
      fixed.writeBigUInt64LE(value.fixed64);
      return [varint((number << 3) | FIXED64), fixed];
    }),
  );
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = BigInt(value);
  for (; rest > 0x7fn; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  return Buffer.from([...bytes, Number(rest)]);
}
