import type { SpanContext } from '@opentelemetry/api';
import type { ThriftWriter } from './thriftWriter.ts';

const DIGITS_OF_64_BITS = 16;

/**
 * Writes the field of a span's identifier: its last sixteen hexadecimal digits as a 64-bit integer with the same bits. A
 * missing digit counts as zero, an empty identifier is 0.
 */
export function writeSpanId(writer: ThriftWriter, id: number, after: number, spanId: string): void {
  writeDigits(writer, id, after, spanId, spanId.length - DIGITS_OF_64_BITS);
}

/** Writes the two fields of a trace's identifier: its low half as field `id`, its high half as the one behind it. */
export function writeTraceId(writer: ThriftWriter, id: number, after: number, { traceId }: SpanContext): void {
  const low = traceId.length - DIGITS_OF_64_BITS;
  writeDigits(writer, id, after, traceId, low);
  writeDigits(writer, id + 1, id, traceId, low - DIGITS_OF_64_BITS);
}

function writeDigits(writer: ThriftWriter, id: number, after: number, digits: string, start: number): void {
  writer.int64Field(id, after, bitsAt(digits, start), bitsAt(digits, start + DIGITS_OF_64_BITS / 2));
}

/** The 32 bits that eight hexadecimal digits stand for; what is no digit gives some bits, and no error. */
function bitsAt(digits: string, start: number): number {
  let bits = 0;
  for (let index = start; index < start + 8; index++) {
    const code = digits.charCodeAt(index);
    // The low four bits of a digit are its value, those of a letter are its value less nine; NaN counts as zero.
    bits = (bits << 4) | (((code & 0xf) + (code >> 6) * 9) & 0xf);
  }
  return bits;
}
