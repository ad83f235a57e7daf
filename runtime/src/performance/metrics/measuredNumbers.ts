import type { Attributes, Context, Counter, Gauge, UpDownCounter } from '@opentelemetry/api';
import { exemplarOf } from './exemplarOf.ts';
import type { InstrumentDescriptor } from './instrumentDescriptor.ts';
import { MeasuredMetric, type MeasuredSeries } from './measuredMetric.ts';
import type { MetricPorts } from './metricPorts.ts';
import type { Exemplar, NumberMetric, NumberPoint } from './metricSnapshot.ts';

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

interface NumberSeries extends MeasuredSeries {
  readonly point: () => NumberPoint;
}

abstract class MeasuredNumber extends MeasuredMetric<NumberSeries> {
  override snapshot(): NumberMetric | undefined {
    const { scope, name, description, unit, kind } = this.descriptor;
    if (this.seriesCount === 0 || kind === 'histogram') return undefined;
    return {
      scope,
      name,
      description,
      unit,
      kind,
      points: Array.from(this.series.values(), (series) => series.point()),
    };
  }
}

/** A metric of what is counted up. */
export class CounterMetric extends MeasuredNumber implements BindableCounter {
  constructor(descriptor: InstrumentDescriptor, ports: MetricPorts) {
    super(descriptor, ports, (attributes) => new CounterSeries(attributes, ports));
  }

  add(value: number, attributes?: Attributes, context?: Context): void {
    this.measure(value, attributes, context);
  }

  bind(attributes: Attributes): BoundCounter {
    return { add: this.measureOf(attributes) };
  }
}

/** A metric of what is counted up and down. */
export class UpDownCounterMetric extends MeasuredNumber implements BindableUpDownCounter {
  constructor(descriptor: InstrumentDescriptor, ports: MetricPorts) {
    super(descriptor, ports, (attributes) => new UpDownCounterSeries(attributes, ports));
  }

  add(value: number, attributes?: Attributes, context?: Context): void {
    this.measure(value, attributes, context);
  }

  bind(attributes: Attributes): BoundCounter {
    return { add: this.measureOf(attributes) };
  }
}

/** A metric of which the last value counts. */
export class GaugeMetric extends MeasuredNumber implements BindableGauge {
  constructor(descriptor: InstrumentDescriptor, ports: MetricPorts) {
    super(descriptor, ports, (attributes) => new GaugeSeries(attributes, ports));
  }

  record(value: number, attributes?: Attributes, context?: Context): void {
    this.measure(value, attributes, context);
  }

  bind(attributes: Attributes): BoundGauge {
    return { record: this.measureOf(attributes) };
  }
}

class CounterSeries implements NumberSeries {
  readonly #attributes: Attributes;
  readonly #ports: MetricPorts;
  readonly #startWallMillis: number;
  #value = 0;
  #exemplar: Exemplar | undefined;

  constructor(attributes: Attributes, ports: MetricPorts) {
    this.#attributes = attributes;
    this.#ports = ports;
    this.#startWallMillis = ports.wallMillis();
  }

  measure(value: number, context: Context | undefined): boolean {
    const sum = this.#value + value;
    if (!Number.isFinite(sum)) return false;
    this.#value = sum;
    const exemplar = exemplarOf(this.#ports, value, context);
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

class UpDownCounterSeries implements NumberSeries {
  readonly #attributes: Attributes;
  readonly #startWallMillis: number;
  #value = 0;

  constructor(attributes: Attributes, ports: MetricPorts) {
    this.#attributes = attributes;
    this.#startWallMillis = ports.wallMillis();
  }

  measure(value: number): boolean {
    const sum = this.#value + value;
    if (!Number.isFinite(sum)) return false;
    this.#value = sum;
    return true;
  }

  point(): NumberPoint {
    return { attributes: this.#attributes, startWallMillis: this.#startWallMillis, value: this.#value };
  }
}

class GaugeSeries implements NumberSeries {
  readonly #attributes: Attributes;
  readonly #startWallMillis: number;
  #value = 0;

  constructor(attributes: Attributes, ports: MetricPorts) {
    this.#attributes = attributes;
    this.#startWallMillis = ports.wallMillis();
  }

  measure(value: number): boolean {
    this.#value = value;
    return true;
  }

  point(): NumberPoint {
    return { attributes: this.#attributes, startWallMillis: this.#startWallMillis, value: this.#value };
  }
}
