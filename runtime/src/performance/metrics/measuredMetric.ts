import type { Attributes, Context } from '@opentelemetry/api';
import type { InstrumentDescriptor } from './instrumentDescriptor.ts';
import { faultOf } from './measurementLedger.ts';
import type { MetricPorts } from './metricPorts.ts';
import type { MetricSnapshot } from './metricSnapshot.ts';
import { SeriesTable } from './seriesTable.ts';

/** A series that measurements are counted in. */
export interface MeasuredSeries {
  /** @returns whether it could be counted: not so where the sum would be infinite */
  readonly measure: (value: number, context: Context | undefined) => boolean;
}

/** A metric, as who collects sees it. */
export interface KeptMetric {
  readonly descriptor: InstrumentDescriptor;
  /** How many series it has. */
  readonly seriesCount: number;
  /** The metric as it is now; `undefined` where it has no series. */
  snapshot(): MetricSnapshot | undefined;
}

/** A metric that an application measures. Measuring never throws, whatever it is given. */
export abstract class MeasuredMetric<S extends MeasuredSeries> implements KeptMetric {
  readonly descriptor: InstrumentDescriptor;
  protected readonly series: SeriesTable<S>;
  readonly #ports: MetricPorts;
  readonly #isMonotonic: boolean;

  protected constructor(descriptor: InstrumentDescriptor, ports: MetricPorts, create: (attributes: Attributes) => S) {
    this.descriptor = descriptor;
    this.#ports = ports;
    this.#isMonotonic = descriptor.kind === 'counter' || descriptor.kind === 'histogram';
    this.series = new SeriesTable<S>({
      limit: ports.maxSeries,
      create,
      redactText: ports.redactText,
      takePlace: () => ports.seriesRoom.take(descriptor.scope),
    });
  }

  get seriesCount(): number {
    return this.series.size;
  }

  abstract snapshot(): MetricSnapshot | undefined;

  /** Counts a measurement, or that it could not be counted. */
  protected measure(value: number, attributes: Attributes | undefined, context: Context | undefined): void {
    const { ledger } = this.#ports;
    const fault = faultOf(value, this.#isMonotonic);
    if (ledger.isClosed) return;
    if (fault !== undefined) ledger.dropped[fault] += 1;
    else {
      try {
        this.#count(this.series.own(attributes), value, context);
      } catch {
        ledger.dropped.unreadable += 1;
      }
    }
  }

  /** Counts measurements of a series that is looked up once. Where its attributes cannot be read, none is counted. */
  protected measureOf(attributes: Attributes): (value: number, context?: Context) => void {
    const { ledger } = this.#ports;
    let series: S | undefined;
    try {
      series = this.series.own(attributes);
    } catch {
      return () => {
        if (!ledger.isClosed) ledger.dropped.unreadable += 1;
      };
    }
    return (value, context) => {
      const fault = faultOf(value, this.#isMonotonic);
      if (ledger.isClosed) return;
      if (fault !== undefined) ledger.dropped[fault] += 1;
      else {
        try {
          this.#count(series, value, context);
        } catch {
          ledger.dropped.unreadable += 1;
        }
      }
    };
  }

  /** @param own - `undefined` where there was no room for a series of its own */
  #count(own: S | undefined, value: number, context: Context | undefined): void {
    const { ledger } = this.#ports;
    const series = own ?? this.series.overflow();
    const counted = series.measure(this.descriptor.isInteger ? Math.trunc(value) : value, context);
    if (!counted) ledger.dropped.notFinite += 1;
    else if (own === undefined)
      ledger.overflow(this.descriptor, this.series.isFull ? 'maxSeriesPerMetric' : 'maxMeasuredSeries');
  }
}
