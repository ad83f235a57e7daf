import type { TextMapGetter } from '@opentelemetry/api';
import { W3C_BAGGAGE_LIMITS } from './baggageEntries.ts';

// No header that a propagator reads may be longer, and nobody needs more parts of one.
const MAX_BYTES = W3C_BAGGAGE_LIMITS.maxTotalLength;
const MAX_PARTS = W3C_BAGGAGE_LIMITS.maxEntries;

/**
 * Reads the own properties of a message's headers. Clients of brokers give them as text, as bytes, or as an array of
 * either.
 */
export const carrierGetter: TextMapGetter<unknown> = {
  keys: (carrier) => (isObject(carrier) ? Object.keys(carrier) : []),
  get: (carrier, key) => {
    if (!isObject(carrier) || !Object.hasOwn(carrier, key)) return undefined;
    const value: unknown = Reflect.get(carrier, key);
    return Array.isArray(value) ? value.slice(0, MAX_PARTS).flatMap((part) => toText(part) ?? []) : toText(value);
  },
};

function toText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (!(value instanceof Uint8Array) || value.byteLength > MAX_BYTES) return undefined;
  return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString();
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
