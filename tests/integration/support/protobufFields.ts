/** A value as it stands in a protobuf message: numbers as they were written, texts and messages as bytes. */
export type ProtobufValue = bigint | Buffer;

/** A protobuf message, by field number; a repeated field has several values. */
export type ProtobufFields = ReadonlyMap<number, readonly ProtobufValue[]>;

/** Reads a message without its schema. Throws when it is cut. */
export function protobufFields(message: Buffer): ProtobufFields {
  const fields = new Map<number, ProtobufValue[]>();
  let position = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = message.readUInt8(position++);
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  const take = (length: number): Buffer => {
    if (position + length > message.length) throw new Error(`the message is cut at byte ${position}`);
    position += length;
    return message.subarray(position - length, position);
  };
  const value = (wireType: number): ProtobufValue => {
    switch (wireType) {
      case 0:
        return varint();
      case 1:
        return take(8);
      case 2:
        return take(Number(varint()));
      case 5:
        return take(4);
      default:
        throw new Error(`unknown wire type ${wireType} at byte ${position}`);
    }
  };
  while (position < message.length) {
    const tag = Number(varint());
    const values = fields.get(tag >>> 3) ?? [];
    values.push(value(tag & 7));
    fields.set(tag >>> 3, values);
  }
  return fields;
}

/** The bytes of a field that is written once; empty where it is missing. */
export function bytesAt(fields: ProtobufFields, field: number): Buffer {
  const value = fields.get(field)?.[0];
  return Buffer.isBuffer(value) ? value : Buffer.alloc(0);
}

/** The text of a field; empty where it is missing. */
export function textAt(fields: ProtobufFields, field: number): string {
  return bytesAt(fields, field).toString('utf8');
}

/** The number of a field that is a varint; 0 where it is missing. */
export function numberAt(fields: ProtobufFields, field: number): number {
  const value = fields.get(field)?.[0];
  return typeof value === 'bigint' ? Number(value) : 0;
}

/** The messages of a field that may be repeated. */
export function messagesAt(fields: ProtobufFields, field: number): readonly ProtobufFields[] {
  return (fields.get(field) ?? []).flatMap((value) => (Buffer.isBuffer(value) ? [protobufFields(value)] : []));
}
