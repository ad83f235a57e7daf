import { propagation } from '@opentelemetry/api';
import type { Context, TextMapGetter, TextMapPropagator, TextMapSetter } from '@opentelemetry/api';
import { isTracingSuppressed } from '@opentelemetry/core';
import { BaggageBudget, type BaggageLimits, emptyEntries, W3C_BAGGAGE_LIMITS, wellFormed } from './baggageEntries.ts';
import { readHeader, readListHeader } from './readHeader.ts';

const PREFIX = 'uberctx-';
const FIRST_OF_PREFIX = PREFIX.charCodeAt(0);

// The bit that tells a lowercase letter of ASCII from its capital.
const LOWER_CASE = 0x20;

const LIST_HEADER = 'jaeger-baggage';

// Less than may come in: W3C baggage carries the same entries beside them, and Node's servers refuse requests whose
// headers are longer than 16 KiB together.
const OUTGOING_LIMITS: BaggageLimits = { maxEntries: 64, maxEntryLength: 4096, maxTotalLength: 4096 };

// A header's name (RFC 9110, token): another key cannot be sent, and Node's http throws at it.
const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;

/**
 * Baggage as Jaeger's own clients send it: one header `uberctx-{key}` for every entry, the value percent-encoded. Reads
 * also `jaeger-baggage: key1=value1,key2=value2`, which people send by hand; `uberctx-*` wins over it.
 *
 * At most 180 entries of 8192 characters together are read, and 64 of 4096 written. A key that cannot be a header's name
 * is not written.
 */
export class JaegerBaggagePropagator implements TextMapPropagator<unknown> {
  inject(context: Context, carrier: unknown, setter: TextMapSetter<unknown>): void {
    const baggage = propagation.getBaggage(context);
    if (baggage === undefined || isTracingSuppressed(context)) return;
    const budget = new BaggageBudget(OUTGOING_LIMITS);
    for (const [key, { value }] of baggage.getAllEntries()) {
      if (budget.isSpent) return;
      if (!TOKEN.test(key)) continue;
      const name = PREFIX + key;
      const encoded = encodeURIComponent(value);
      if (budget.take(name.length + encoded.length)) setter.set(carrier, name, encoded);
    }
  }

  extract(context: Context, carrier: unknown, getter: TextMapGetter<unknown>): Context {
    const found = new IncomingEntries();
    for (const name of getter.keys(carrier)) {
      if (found.isFull) break;
      if (!isBaggageHeader(name)) continue;
      found.add(name.slice(PREFIX.length), readHeader(carrier, getter, name, W3C_BAGGAGE_LIMITS.maxEntryLength));
    }
    found.addPairs(readListHeader(carrier, getter, LIST_HEADER, W3C_BAGGAGE_LIMITS.maxTotalLength));
    return found.isEmpty ? context : propagation.setBaggage(context, propagation.createBaggage(found.entries));
  }

  /** None: the headers are named by the baggage's keys. */
  fields(): string[] {
    return [];
  }
}

class IncomingEntries {
  readonly entries = emptyEntries();
  readonly #budget = new BaggageBudget(W3C_BAGGAGE_LIMITS);
  #isEmpty = true;

  get isFull(): boolean {
    return this.#budget.isSpent;
  }

  get isEmpty(): boolean {
    return this.#isEmpty;
  }

  /** The first value of a key counts. */
  add(key: string, encodedValue: string | undefined): void {
    const name = wellFormed(key);
    if (name === '' || name in this.entries || encodedValue === undefined) return;
    if (!this.#budget.take(name.length + encodedValue.length)) return;
    this.entries[name] = { value: decode(encodedValue) };
    this.#isEmpty = false;
  }

  addPairs(list: string | undefined): void {
    for (const pair of list?.split(',') ?? []) {
      const equals = pair.indexOf('=');
      if (equals > 0) this.add(pair.slice(0, equals).trim(), pair.slice(equals + 1).trim());
    }
  }
}

// Asked of every header of every request: few of them begin with a u, whatever its case.
function isBaggageHeader(name: string): boolean {
  if ((name.charCodeAt(0) | LOWER_CASE) !== FIRST_OF_PREFIX || name.length <= PREFIX.length) return false;
  return name.slice(0, PREFIX.length).toLowerCase() === PREFIX;
}

// Clients in Go and Java encode a space as `+`; those that mean a plus write %2B. What is not encoded at all is taken as
// it stands.
function decode(value: string): string {
  try {
    return decodeURIComponent(value.replaceAll('+', ' '));
  } catch {
    return wellFormed(value);
  }
}
