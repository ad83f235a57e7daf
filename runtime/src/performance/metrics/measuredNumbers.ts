import type { Attributes, Context, Counter, Gauge, UpDownCounter } from '@opentelemetry/api';
import { exemplarOf } from './exemplarOf.ts';
import type { InstrumentDescriptor } from './instrumentDescriptor.ts';
import { MeasuredMetric, type MeasuredSeries } from './measuredMetric.ts';
import type { MetricPorts } from './metricPorts.ts';
import type { Exemplar, MetricKind, NumberMetric, NumberPoint } from './metricSnapshot.ts';

/** A counter or up-down counter of one series, for functions that are called often. */
export interface BoundCounter {
  /** As `add` of the instrument. */
  readonly add: (value: number, context?: Context) => void;
}

/** A gauge of one series, for functions that are called often. */
export interface BoundGauge {
  /** As `record` of the instrument. */
  readonly record: (value: number, context?: Context) => void;
}

/** A `Counter` whose series can be looked up once. */
export interface BindableCounter extends Counter {
  /** The series of these attributes, found once and for all. */
  bind(attributes: Attributes): BoundCounter;
}

/** An `UpDownCounter` whose series can be looked up once. */
export interface BindableUpDownCounter extends UpDownCounter {
  /** The series of these attributes, found once and for all. */
  bind(attributes: Attributes): BoundCounter;
}

/** A `Gauge` whose series can be looked up once. */
export interface BindableGauge extends Gauge {
  /** The series of these attributes, found once and for all. */
  bind(attributes: Attributes): BoundGauge;
}

abstract class MeasuredNumber extends MeasuredMetric<NumberSeries> {
  constructor(descriptor: InstrumentDescriptor, ports: MetricPorts) {
    super(descriptor, ports, (attributes) => new NumberSeries(attributes, descriptor.kind, ports));
  }

  override snapshot(): NumberMetric | undefined {
    const { scope, name, description, unit, kind } = this.descriptor;
    if (this.seriesCount === 0 || kind === 'histogram') return undefined;
    const points = Array.from(this.series.values(), (series) => series.point());
    return { scope, name, description, unit, kind, points };
  }
}

/** A metric of what is counted up or, as its kind says, up and down. */
export class SumMetric extends MeasuredNumber implements BindableCounter, BindableUpDownCounter {
  add(value: number, attributes?: Attributes, context?: Context): void {
    this.measure(value, attributes, context);
  }

  bind(attributes: Attributes): BoundCounter {
    return { add: this.measureOf(attributes) };
  }
}

/** A metric of which the last value counts. */
export class GaugeMetric extends MeasuredNumber implements BindableGauge {
  record(value: number, attributes?: Attributes, context?: Context): void {
    this.measure(value, attributes, context);
  }

  bind(attributes: Attributes): BoundGauge {
    return { record: this.measureOf(attributes) };
  }
}

/** One class for all kinds: the compiler sees only one shape where numbers are measured and shown. */
class NumberSeries implements MeasuredSeries {
  readonly #attributes: Attributes;
  readonly #ports: MetricPorts;
  readonly #isSum: boolean;
  readonly #hasExemplar: boolean;
  readonly #startWallMillis: number;
  #value = 0;
  #exemplar: Exemplar | undefined;

  constructor(attributes: Attributes, kind: MetricKind, ports: MetricPorts) {
    this.#attributes = attributes;
    this.#ports = ports;
    this.#isSum = kind !== 'gauge';
    this.#hasExemplar = kind === 'counter';
    this.#startWallMillis = ports.wallMillis();
  }

  measure(value: number, context: Context | undefined): boolean {
    const kept = this.#isSum ? this.#value + value : value;
    if (!Number.isFinite(kept)) return false;
    this.#value = kept;
    const exemplar = this.#hasExemplar ? exemplarOf(this.#ports, value, context) : undefined;
    if (exemplar !== undefined) this.#exemplar = exemplar;
    return true;
  }

  point(): NumberPoint {
    return {
      attributes: this.#attributes,
      startWallMillis: this.#startWallMillis,
      value: this.#value,
      exemplar: this.#exemplar,
    };
  }
}
