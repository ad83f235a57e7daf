import type { ThriftMessage, ThriftStruct, ThriftValue } from '../../support/thriftDecoder.ts';

/** Fields of a tag by its type: string, double, boolean, 64-bit integer. */
const VALUE_FIELDS = [3, 4, 5, 6];

/** A span as it stood in a packet to the Jaeger agent. */
export interface ReceivedSpan {
  readonly service: string;
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  /** `undefined` for a root. */
  readonly parentSpanId: string | undefined;
  readonly tags: ReceivedTags;
  /** Of the process that the packet speaks of: the resource. */
  readonly processTags: ReceivedTags;
}

/** Tags by their keys. */
export type ReceivedTags = Readonly<Record<string, string | number | boolean>>;

/** The spans of an `emitBatch` call; field numbers are those of jaeger.thrift and agent.thrift in jaeger-idl. */
export function spansOf({ method, fields }: ThriftMessage): readonly ReceivedSpan[] {
  if (method !== 'emitBatch') throw new Error(`${method} is not a call of the agent`);
  return spansOfBatch(structAt(fields, 1));
}

/** The spans of a `Batch` of jaeger.thrift, as a collector gets it over HTTP. */
export function spansOfBatch(batch: ThriftStruct): readonly ReceivedSpan[] {
  const process = structAt(batch, 1);
  const shared = { service: textAt(process, 1), processTags: tagsAt(process, 2) };
  return listAt(batch, 2).map((span) => ({ ...toSpan(asStruct(span)), ...shared }));
}

function toSpan(span: ThriftStruct): Omit<ReceivedSpan, 'service' | 'processTags'> {
  const parent = hexAt(span, 4);
  return {
    name: textAt(span, 5),
    traceId: hexAt(span, 2) + hexAt(span, 1),
    spanId: hexAt(span, 3),
    parentSpanId: /^0*$/.test(parent) ? undefined : parent,
    tags: tagsAt(span, 10),
  };
}

function tagsAt(struct: ThriftStruct, field: number): ReceivedTags {
  return Object.fromEntries(listAt(struct, field).map((tag) => toTag(asStruct(tag))));
}

/** The value is in the field that the type names: jaeger-client writes an empty string beside every number. */
function toTag(tag: ThriftStruct): [string, string | number | boolean] {
  const type = tag.get(2);
  const field = typeof type === 'number' ? VALUE_FIELDS[type] : undefined;
  const value = field === undefined ? undefined : tag.get(field);
  const readable = Buffer.isBuffer(value) ? value.toString('utf8') : typeof value === 'bigint' ? Number(value) : value;
  if (typeof readable !== 'string' && typeof readable !== 'number' && typeof readable !== 'boolean')
    throw new Error('a tag without a value');
  return [textAt(tag, 1), readable];
}

function hexAt(struct: ThriftStruct, field: number): string {
  const value = struct.get(field);
  if (typeof value !== 'bigint') throw new Error(`field ${field} is no 64-bit integer`);
  return BigInt.asUintN(64, value).toString(16).padStart(16, '0');
}

function textAt(struct: ThriftStruct, field: number): string {
  const value = struct.get(field);
  if (!Buffer.isBuffer(value)) throw new Error(`field ${field} is no text`);
  return value.toString('utf8');
}

function listAt(struct: ThriftStruct, field: number): readonly ThriftValue[] {
  const value = struct.get(field);
  return isList(value) ? value : [];
}

function isList(value: ThriftValue | undefined): value is readonly ThriftValue[] {
  return Array.isArray(value);
}

function structAt(struct: ThriftStruct, field: number): ThriftStruct {
  return asStruct(struct.get(field));
}

function asStruct(value: ThriftValue | undefined): ThriftStruct {
  if (!(value instanceof Map)) throw new Error('a struct is missing');
  return value;
}
