import { BinaryWriter } from '../../../../../runtime/src/tracing/export/thrift/binaryWriter.ts';
import { CompactWriter } from '../../../../../runtime/src/tracing/export/thrift/compactWriter.ts';
import type { ThriftWriter } from '../../../../../runtime/src/tracing/export/thrift/thriftWriter.ts';
import { markerService, type Marker } from './marker.ts';

const maxBytes = 4096;
// The head of a list of one struct, in the binary protocol.
const listOfOne = Buffer.from([12, 0, 0, 0, 1]);

/** A marker as Zipkin's version 1 in thrift, as `/api/v1/spans` takes it: a list of zipkincore.thrift's `Span`. */
export function zipkinThriftList(marker: Marker): Buffer {
  const writer = new BinaryWriter(maxBytes);
  writeSpan(writer, marker);
  return Buffer.concat([listOfOne, writer.written()]);
}

/** A marker as the agent's `emitZipkinBatch` in the compact protocol, as its port 5775 takes it. */
export function zipkinCompactCall(marker: Marker): Buffer {
  const writer = new CompactWriter(maxBytes);
  writer.onewayCall('emitZipkinBatch');
  const spans = writer.beginStructs(1, 0);
  writeSpan(writer, marker);
  writer.endStructs(spans, 1);
  writer.endStruct();
  return Buffer.from(writer.written());
}

/** Fields of zipkincore.thrift (jaeger-idl). The service stands at the annotations of a server. */
function writeSpan(writer: ThriftWriter, { traceId, spanId, operation, startMillis }: Marker): void {
  writeId(writer, 1, 0, traceId.slice(16));
  writer.textField(3, 1, operation);
  writeId(writer, 4, 3, spanId);
  const annotations = writer.beginStructs(6, 4);
  writeAnnotation(writer, 'sr', startMillis);
  writeAnnotation(writer, 'ss', startMillis + 1);
  writer.endStructs(annotations, 2);
  writeMicros(writer, 10, 6, startMillis * 1000);
  writeMicros(writer, 11, 10, 1000);
  writeId(writer, 12, 11, traceId.slice(0, 16));
  writer.endStruct();
}

function writeAnnotation(writer: ThriftWriter, value: string, atMillis: number): void {
  writeMicros(writer, 1, 0, atMillis * 1000);
  writer.textField(2, 1, value);
  writer.structField(3, 2);
  writer.int32Field(1, 0, 0x7f00_0001);
  writer.textField(3, 1, markerService);
  writer.endStruct();
  writer.endStruct();
}

function writeId(writer: ThriftWriter, id: number, after: number, hex: string): void {
  writer.int64Field(id, after, Number.parseInt(hex.slice(0, 8), 16) | 0, Number.parseInt(hex.slice(8), 16) | 0);
}

function writeMicros(writer: ThriftWriter, id: number, after: number, micros: number): void {
  writer.int64Field(id, after, Math.floor(micros / 2 ** 32), (micros % 2 ** 32) | 0);
}
