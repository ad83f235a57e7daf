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

/**
 * What was observed of a metric in a round, by the keys of its series. Of two values of a series the later one counts.
 * What there is no series left for is `otel.metric.overflow`: of gauges the last value, of all others the sum.
 */
export class ObservedValues {
  readonly #descriptor: InstrumentDescriptor;
  readonly #ports: MetricPorts;
  readonly #byKey = new Map<string, ObservedValue>();

  constructor(descriptor: InstrumentDescriptor, ports: MetricPorts) {
    this.#descriptor = descriptor;
    this.#ports = ports;
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
      this.#put(identityOf(readAttributes(attributes)), isInteger ? Math.trunc(value) : value);
    } catch {
      ledger.dropped.unreadable += 1;
    }
  }

  /** Adds what was observed elsewhere. */
  merge(other: ObservedValues): void {
    for (const [key, { attributes, value }] of other.#byKey) this.#put({ key, attributes }, value);
  }

  entries(): Iterable<[key: string, value: ObservedValue]> {
    return this.#byKey;
  }

  #put({ key, attributes }: SeriesIdentity, value: number): void {
    if (key === OVERFLOW_IDENTITY.key) this.#putOverflow(value);
    else if (this.#byKey.has(key) || !this.#isFull()) this.#byKey.set(key, { attributes, value });
    else {
      this.#ports.ledger.overflow(this.#descriptor);
      this.#putOverflow(value);
    }
  }

  #putOverflow(value: number): void {
    const { key, attributes } = OVERFLOW_IDENTITY;
    const before = this.#descriptor.kind === 'gauge' ? 0 : (this.#byKey.get(key)?.value ?? 0);
    if (Number.isFinite(before + value)) this.#byKey.set(key, { attributes, value: before + value });
    else this.#ports.ledger.dropped.notFinite += 1;
  }

  #isFull(): boolean {
    const named = this.#byKey.has(OVERFLOW_IDENTITY.key) ? this.#byKey.size - 1 : this.#byKey.size;
    return named >= this.#ports.maxSeries - 1;
  }
}
