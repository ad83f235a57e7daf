import type { Attributes } from '@opentelemetry/api';
import type { InstrumentDescriptor } from './instrumentDescriptor.ts';
import { faultOf } from './measurementLedger.ts';
import type { MetricPorts } from './metricPorts.ts';
import { identityOf, OVERFLOW_IDENTITY, readAttributes, type SeriesIdentity } from './seriesAttributes.ts';

/** What was observed of a series. */
export interface ObservedValue {
  readonly attributes: Attributes;
  readonly value: number;
}

/** What a metric knows of its series, from the last round. */
export interface KnownSeries {
  /** Whether it had a series of its own. */
  readonly hasOwn: (key: string) => boolean;
  /** Whether it is counted with all others, and stays there. */
  readonly isOther: (key: string) => boolean;
}

/** What there is no series left for. */
export interface OtherValues {
  /** Of counters, what each of them said last, by its key. */
  readonly counters: ReadonlyMap<string, number>;
  /** Of gauges the last value, of sums that may fall their sum; `undefined` where there is none. */
  readonly value: number | undefined;
  /** How many values that were. */
  readonly count: number;
}

/** How many counters without a series of their own are told apart, for each series that there may be. */
export const OTHERS_PER_SERIES = 5;

/**
 * What was observed of a metric in a round, by the keys of its series. Of two values of a series the later one counts. Who
 * had a series in the last round has it in this, whoever is observed before.
 */
export class ObservedValues {
  readonly #descriptor: InstrumentDescriptor;
  readonly #ports: MetricPorts;
  readonly #known: KnownSeries;
  readonly #own = new Map<string, ObservedValue>();
  readonly #counters = new Map<string, number>();
  #newcomers = 0;
  #value: number | undefined;
  #count = 0;

  constructor(descriptor: InstrumentDescriptor, ports: MetricPorts, known: KnownSeries) {
    this.#descriptor = descriptor;
    this.#ports = ports;
    this.#known = known;
  }

  /** Adds a value, or counts that it could not be used. Never throws. */
  observe(value: number, attributes: unknown): void {
    const { ledger } = this.#ports;
    const { kind, isInteger } = this.#descriptor;
    const fault = faultOf(value, kind === 'counter');
    if (fault !== undefined) {
      ledger.dropped[fault] += 1;
      return;
    }
    try {
      this.#put(identityOf(readAttributes(attributes, this.#ports.redactText)), isInteger ? Math.trunc(value) : value);
    } catch {
      ledger.dropped.unreadable += 1;
    }
  }

  /** Adds what was observed elsewhere. */
  merge(other: ObservedValues): void {
    for (const [key, { attributes, value }] of other.#own) this.#put({ key, attributes }, value);
    for (const [key, value] of other.#counters) {
      const own = this.#own.get(key);
      if (own === undefined) this.#putOther(key, value);
      else this.#own.set(key, { ...own, value });
    }
    if (other.#value !== undefined) this.#putOther(OVERFLOW_IDENTITY.key, other.#value);
    this.#count += other.#count;
  }

  /** Those that have a series of their own. Nothing is added any more. */
  settle(): ReadonlyMap<string, ObservedValue> {
    let room = this.#ports.maxSeries - 1;
    if (this.#own.size <= room) return this.#own;
    for (const key of this.#own.keys()) if (this.#known.hasOwn(key)) room -= 1;
    for (const [key, { value }] of this.#own) {
      if (this.#known.hasOwn(key)) continue;
      room -= 1;
      if (room >= 0) continue;
      this.#own.delete(key);
      this.#putOther(key, value);
    }
    return this.#own;
  }

  /** All that have none. */
  others(): OtherValues {
    return { counters: this.#counters, value: this.#value, count: this.#count };
  }

  #put({ key, attributes }: SeriesIdentity, value: number): void {
    if (this.#own.has(key) || this.#mayHaveOwn(key)) this.#own.set(key, { attributes, value });
    else this.#putOther(key, value);
  }

  #mayHaveOwn(key: string): boolean {
    if (this.#known.hasOwn(key)) return true;
    const isNew = key !== OVERFLOW_IDENTITY.key && !this.#known.isOther(key) && !this.#counters.has(key);
    if (!isNew || this.#newcomers >= this.#ports.maxSeries - 1) return false;
    this.#newcomers += 1;
    return true;
  }

  #putOther(key: string, value: number): void {
    const { dropped } = this.#ports.ledger;
    const { kind } = this.#descriptor;
    if (kind === 'counter') {
      const hasRoom = this.#counters.has(key) || this.#counters.size < this.#ports.maxSeries * OTHERS_PER_SERIES;
      if (hasRoom) this.#counters.set(key, value);
      else dropped.tooManySeries += 1;
      return;
    }
    const sum = kind === 'gauge' ? value : (this.#value ?? 0) + value;
    if (!Number.isFinite(sum)) {
      dropped.notFinite += 1;
      return;
    }
    this.#value = sum;
    // Who gives its values that name has lost no series.
    if (key !== OVERFLOW_IDENTITY.key) this.#count += 1;
  }
}
