import type { WireReader } from './wireReader.ts';

// Fields of the messages Struct, Value and ListValue (google/protobuf/struct.proto), as tags.
const structEntry = 0x0a;
const entryName = 0x0a;
const entryValue = 0x12;
const nullValue = 0x08;
const numberValue = 0x11;
const textValue = 0x1a;
const booleanValue = 0x20;
const structValue = 0x2a;
const listValue = 0x32;
const listEntry = 0x0a;

// How the engine marks what a program keeps secret (Pulumi SDK v3, sdk/go/common/resource/sig).
const signature = '4dabf18193072939515e22adb298388d';
const secret = '1b47061264138c4ac30d75fd1eb44270';

/** The mapping that a Struct holds. What a program keeps secret stands in it as it is. */
export function readStruct(message: WireReader): unknown {
  const entries: [string, unknown][] = [];
  for (let tag = message.next(); tag !== 0; tag = message.next())
    if (tag === structEntry) entries.push(readEntry(message.message()));
    else message.skip(tag);
  // Defines each name as the mapping's own, whatever it is.
  const mapping: Record<string, unknown> = Object.fromEntries(entries);
  return mapping[signature] === secret ? mapping['value'] : mapping;
}

function readEntry(message: WireReader): [string, unknown] {
  let name = '';
  let value: unknown = null;
  for (let tag = message.next(); tag !== 0; tag = message.next())
    if (tag === entryName) name = message.text();
    else if (tag === entryValue) value = readValue(message.message());
    else message.skip(tag);
  return [name, value];
}

function readValue(message: WireReader): unknown {
  let value: unknown = null;
  for (let tag = message.next(); tag !== 0; tag = message.next()) value = readContent(message, tag);
  return value;
}

function readContent(message: WireReader, tag: number): unknown {
  switch (tag) {
    case numberValue:
      return message.double();
    case textValue:
      return message.text();
    case booleanValue:
      return message.varint() !== 0;
    case structValue:
      return readStruct(message.message());
    case listValue:
      return readList(message.message());
    case nullValue:
    default:
      message.skip(tag);
      return null;
  }
}

function readList(message: WireReader): readonly unknown[] {
  const list: unknown[] = [];
  for (let tag = message.next(); tag !== 0; tag = message.next())
    if (tag === listEntry) list.push(readValue(message.message()));
    else message.skip(tag);
  return list;
}
