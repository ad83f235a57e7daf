import type { TextMapGetter } from '@opentelemetry/api';
import { W3C_BAGGAGE_LIMITS } from './baggageEntries.ts';
import type { MessageHeaders } from './messageHeaders.ts';

// No header that a propagator reads may be longer, and nobody needs more parts of one.
const MAX_BYTES = W3C_BAGGAGE_LIMITS.maxTotalLength;
const MAX_PARTS = W3C_BAGGAGE_LIMITS.maxEntries;

/** Clients of brokers give the values of headers as text, as bytes, or as an array of either. */
export const carrierGetter: TextMapGetter<MessageHeaders> = {
  keys: (headers) => headers.names(),
  get: (headers, key) => {
    const value = headers.value(key);
    return Array.isArray(value) ? value.slice(0, MAX_PARTS).flatMap((part) => toText(part) ?? []) : toText(value);
  },
};

function toText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (!(value instanceof Uint8Array) || value.byteLength > MAX_BYTES) return undefined;
  return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString();
}
