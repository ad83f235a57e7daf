import type { Attributes, Context, Histogram } from '@opentelemetry/api';
import { HistogramSeries } from './histogramSeries.ts';
import type { InstrumentDescriptor } from './instrumentDescriptor.ts';
import { MeasuredMetric } from './measuredMetric.ts';
import type { MetricPorts } from './metricPorts.ts';
import type { HistogramMetric as HistogramSnapshot } from './metricSnapshot.ts';

/** A histogram of one series, for functions that are called often. */
export interface BoundHistogram {
  /** As `record` of the instrument. */
  readonly record: (value: number, context?: Context) => void;
}

/** A `Histogram` whose series can be looked up once. */
export interface BindableHistogram extends Histogram {
  /** The series of these attributes, found once and for all. */
  bind(attributes: Attributes): BoundHistogram;
}

/** A metric of distributions. */
export class HistogramMetric extends MeasuredMetric<HistogramSeries> implements BindableHistogram {
  /** @param boundaries - upper ends of the buckets, ascending */
  constructor(descriptor: InstrumentDescriptor, boundaries: readonly number[], ports: MetricPorts) {
    super(descriptor, ports, (attributes) => new HistogramSeries(attributes, boundaries, ports));
  }

  record(value: number, attributes?: Attributes, context?: Context): void {
    this.measure(value, attributes, context);
  }

  bind(attributes: Attributes): BoundHistogram {
    return { record: this.measureOf(attributes) };
  }

  override snapshot(): HistogramSnapshot | undefined {
    if (this.seriesCount === 0) return undefined;
    const { scope, name, description, unit } = this.descriptor;
    const points = Array.from(this.series.values(), (series) => series.point());
    return { scope, name, description, unit, kind: 'histogram', points };
  }
}
