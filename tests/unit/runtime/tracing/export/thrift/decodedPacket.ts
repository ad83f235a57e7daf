import type { BatchEncoderOptions } from '../../../../../../runtime/src/tracing/export/thrift/batchEncoder.ts';
import { decodeCompactMessage, decodeCompactStruct } from '../../../../../support/compactDecoder.ts';
import {
  decodeThriftMessage,
  decodeThriftStruct,
  type ThriftStruct,
  type ThriftValue,
} from '../../../../../support/thriftDecoder.ts';

/** A tag's value by its type: a text, a double, a boolean, or a 64-bit integer. */
export type TagValue = string | number | boolean | bigint;

/** Tags by key: a key that is there twice is an error. */
export type Tags = Readonly<Record<string, TagValue>>;

export interface DecodedLog {
  readonly microseconds: bigint;
  readonly fields: Tags;
}

export interface DecodedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly name: string;
  readonly references: readonly { readonly type: number; readonly traceId: string; readonly spanId: string }[];
  readonly flags: number;
  readonly startMicroseconds: bigint;
  readonly durationMicroseconds: bigint;
  readonly tags: Tags;
  readonly logs: readonly DecodedLog[];
}

export interface DecodedPacket {
  readonly serviceName: string;
  readonly processTags: Tags;
  readonly spans: readonly DecodedSpan[];
}

/** Reads a packet strictly: a field that jaeger.thrift does not know, or that is missing though required, is an error. */
export function decodePacket(
  bytes: Buffer,
  { protocol, framing }: Pick<BatchEncoderOptions, 'protocol' | 'framing'>,
): DecodedPacket {
  if (framing === 'batch')
    return toBatch(protocol === 'binary' ? decodeThriftStruct(bytes) : decodeCompactStruct(bytes));
  const { method, fields } = protocol === 'binary' ? decodeThriftMessage(bytes) : decodeCompactMessage(bytes);
  if (method !== 'emitBatch') throw new Error(`${method} is not a call of the agent`);
  return toBatch(struct(knownFields(fields, [1]).get(1)));
}

function toBatch(batch: ThriftStruct): DecodedPacket {
  knownFields(batch, [1, 2]);
  const process = knownFields(struct(batch.get(1)), [1, 2]);
  return {
    serviceName: text(process.get(1)),
    processTags: toTags(optionalStructs(process, 2)),
    spans: structs(batch.get(2)).map(toSpan),
  };
}

function toSpan(span: ThriftStruct): DecodedSpan {
  knownFields(span, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  return {
    traceId: hexadecimal(span.get(2)) + hexadecimal(span.get(1)),
    spanId: hexadecimal(span.get(3)),
    parentSpanId: hexadecimal(span.get(4)),
    name: text(span.get(5)),
    references: optionalStructs(span, 6).map((reference) => {
      knownFields(reference, [1, 2, 3, 4]);
      const traceId = hexadecimal(reference.get(3)) + hexadecimal(reference.get(2));
      return { type: int32(reference.get(1)), traceId, spanId: hexadecimal(reference.get(4)) };
    }),
    flags: int32(span.get(7)),
    startMicroseconds: int64(span.get(8)),
    durationMicroseconds: int64(span.get(9)),
    tags: toTags(optionalStructs(span, 10)),
    logs: optionalStructs(span, 11).map((log) => {
      knownFields(log, [1, 2]);
      return { microseconds: int64(log.get(1)), fields: toTags(structs(log.get(2))) };
    }),
  };
}

function toTags(structsOfTags: readonly ThriftStruct[]): Tags {
  const tags = structsOfTags.map((tag): [string, TagValue] => [text(tag.get(1)), tagValue(tag)]);
  const keys = new Set(tags.map(([key]) => key));
  if (keys.size < tags.length) throw new Error(`a tag is there twice: ${tags.map(([key]) => key).join(', ')}`);
  return Object.fromEntries(tags);
}

/** The one field of the value has to be the one that the type names: text, double, boolean, integer. */
function tagValue(tag: ThriftStruct): TagValue {
  const type = int32(tag.get(2));
  const field = [3, 4, 5, 6][type] ?? 0;
  const value = knownFields(tag, [1, 2, field]).get(field);
  const kind = ['string', 'number', 'boolean', 'bigint'][type];
  const readable = Buffer.isBuffer(value) ? text(value) : value;
  if (typeof readable !== kind || typeof readable === 'object' || readable === undefined)
    throw new Error(`a tag of type ${type} holds ${typeof readable}`);
  return readable;
}

function knownFields(fields: ThriftStruct, known: readonly number[]): ThriftStruct {
  const unknown = [...fields.keys()].filter((id) => !known.includes(id));
  if (unknown.length > 0) throw new Error(`unknown fields: ${unknown.join(', ')}`);
  return fields;
}

/** An optional list that is empty should have been left out. */
function optionalStructs(fields: ThriftStruct, id: number): readonly ThriftStruct[] {
  const value = fields.get(id);
  if (value === undefined) return [];
  const list = structs(value);
  if (list.length === 0) throw new Error(`field ${id} is an empty list`);
  return list;
}

function structs(value: ThriftValue | undefined): readonly ThriftStruct[] {
  if (!isList(value)) throw new Error('a list is missing');
  return value.map(struct);
}

function isList(value: ThriftValue | undefined): value is readonly ThriftValue[] {
  return Array.isArray(value);
}

function struct(value: ThriftValue | undefined): ThriftStruct {
  if (!(value instanceof Map)) throw new Error('a struct is missing');
  return value;
}

/** Not UTF-8 is an error. */
function text(value: ThriftValue | undefined): string {
  if (!Buffer.isBuffer(value)) throw new Error('a text is missing');
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(value);
}

function int32(value: ThriftValue | undefined): number {
  if (typeof value !== 'number') throw new Error('a number is missing');
  return value;
}

function int64(value: ThriftValue | undefined): bigint {
  if (typeof value !== 'bigint') throw new Error('a 64-bit integer is missing');
  return value;
}

function hexadecimal(value: ThriftValue | undefined): string {
  return BigInt.asUintN(64, int64(value)).toString(16).padStart(16, '0');
}
