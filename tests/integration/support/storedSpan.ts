import { bytesAt, messagesAt, numberAt, type ProtobufFields, textAt } from './protobufFields.ts';

/** The value of a tag. */
export type StoredValue = string | number | boolean;

/** A span as Jaeger's collector hands it to its storage, whatever protocol brought it. */
export interface StoredSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly name: string;
  readonly service: string;
  readonly startMicros: number;
  readonly durationMicros: number;
  readonly tags: Readonly<Record<string, StoredValue>>;
  readonly processTags: Readonly<Record<string, StoredValue>>;
  readonly logs: readonly { readonly micros: number; readonly fields: Readonly<Record<string, StoredValue>> }[];
  readonly references: readonly {
    readonly kind: 'child of' | 'follows from';
    readonly traceId: string;
    readonly spanId: string;
  }[];
}

/** Reads a span of `jaeger.api_v2`; field numbers are those of model.proto in jaeger-idl. */
export function storedSpan(span: ProtobufFields): StoredSpan {
  const process = messagesAt(span, 10)[0] ?? new Map();
  return {
    traceId: bytesAt(span, 1).toString('hex'),
    spanId: bytesAt(span, 2).toString('hex'),
    name: textAt(span, 3),
    service: textAt(process, 1),
    startMicros: microsAt(span, 6),
    durationMicros: microsAt(span, 7),
    tags: tagsAt(span, 8),
    processTags: tagsAt(process, 2),
    logs: messagesAt(span, 9).map((log) => ({ micros: microsAt(log, 1), fields: tagsAt(log, 2) })),
    references: messagesAt(span, 4).map((reference) => ({
      kind: numberAt(reference, 3) === 0 ? 'child of' : 'follows from',
      traceId: bytesAt(reference, 1).toString('hex'),
      spanId: bytesAt(reference, 2).toString('hex'),
    })),
  };
}

function microsAt(fields: ProtobufFields, field: number): number {
  const time = messagesAt(fields, field)[0] ?? new Map();
  return numberAt(time, 1) * 1e6 + numberAt(time, 2) / 1e3;
}

function tagsAt(fields: ProtobufFields, field: number): Readonly<Record<string, StoredValue>> {
  return Object.fromEntries(messagesAt(fields, field).map((tag) => [textAt(tag, 1), valueOf(tag)]));
}

/** The second field names the type: text, boolean, integer, double, bytes. */
function valueOf(tag: ProtobufFields): StoredValue {
  switch (numberAt(tag, 2)) {
    case 1:
      return numberAt(tag, 4) !== 0;
    case 2:
      return numberAt(tag, 5);
    case 3:
      return doubleAt(tag, 6);
    default:
      return textAt(tag, 3);
  }
}

function doubleAt(fields: ProtobufFields, field: number): number {
  const bytes = bytesAt(fields, field);
  return bytes.length === 8 ? bytes.readDoubleLE() : 0;
}
