import type { BaggageEntry } from '@opentelemetry/api';

/**
 * Bounds of baggage: the number of members, the length of one (key and value), and the length of all, in characters.
 * From the limits of the W3C's baggage specification.
 */
export interface BaggageLimits {
  readonly maxEntries: number;
  readonly maxEntryLength: number;
  readonly maxTotalLength: number;
}

/** The W3C's limits. */
export const W3C_BAGGAGE_LIMITS: BaggageLimits = { maxEntries: 180, maxEntryLength: 4096, maxTotalLength: 8192 };

/** Counts what goes into baggage, or out of it, and tells what no longer fits. */
export class BaggageBudget {
  readonly #limits: BaggageLimits;
  #entries = 0;
  #length = 0;

  constructor(limits: BaggageLimits) {
    this.#limits = limits;
  }

  /** Whether nothing more can fit. */
  get isSpent(): boolean {
    return this.#entries >= this.#limits.maxEntries || this.#length >= this.#limits.maxTotalLength;
  }

  /** Whether an entry of this length fits; it is counted if so. */
  take(length: number): boolean {
    const fits =
      !this.isSpent && length <= this.#limits.maxEntryLength && this.#length + length <= this.#limits.maxTotalLength;
    if (fits) {
      this.#entries += 1;
      this.#length += length;
    }
    return fits;
  }
}

/** Text that can be encoded for a header: without halves of surrogate pairs, which `encodeURIComponent` throws at. */
export function wellFormed(text: string): string {
  return text.replaceAll(/\p{Surrogate}/gu, '\uFFFD');
}

/** Entries by key; `__proto__` is a key like any other in it. */
export function emptyEntries(): Record<string, BaggageEntry> {
  return Object.create(null) as Record<string, BaggageEntry>;
}
