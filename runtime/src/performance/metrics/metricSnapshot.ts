import type { Attributes } from '@opentelemetry/api';
import type { QuantileSketch } from '../../core/quantileSketch.ts';

/** OTLP's `start_time_unix_nano` of 0: nobody knows since when it is counted. */
export const UNKNOWN_START = 0;

/** What a metric's numbers mean: of counters the sum since their start, of gauges the last value. */
export type MetricKind = 'counter' | 'upDownCounter' | 'gauge' | 'histogram';

/** The library or part of the application that a metric comes from. */
export interface MetricScope {
  readonly name: string;
  readonly version?: string | undefined;
}

/** A metric with all its series as they are at one moment: measurements that come later change nothing of it. */
export type MetricSnapshot = NumberMetric | HistogramMetric;

interface MetricDescription {
  readonly scope: MetricScope;
  /** By OpenTelemetry's conventions: `http.server.request.duration`. */
  readonly name: string;
  readonly description: string;
  /** In UCUM, as OpenTelemetry has them: `s`, `By`, `1`, `{request}`; empty where there is none. */
  readonly unit: string;
}

/** A metric of one number for each series. */
export interface NumberMetric extends MetricDescription {
  readonly kind: Exclude<MetricKind, 'histogram'>;
  readonly points: readonly NumberPoint[];
}

/** A metric of distributions. */
export interface HistogramMetric extends MetricDescription {
  readonly kind: 'histogram';
  readonly points: readonly HistogramPoint[];
}

interface MetricPoint {
  /** What tells a series from the others of its metric. */
  readonly attributes: Attributes;
  /**
   * Since when it is counted, in milliseconds since 1970; 0 where nobody knows, as of what is read of the machine and the
   * process, until it begins anew.
   */
  readonly startWallMillis: number;
}

/** A series of a counter or a gauge. */
export interface NumberPoint extends MetricPoint {
  readonly value: number;
  /** Of a counter, a measurement that was made in a sampled trace. */
  readonly exemplar?: Exemplar | undefined;
}

/** A series of a histogram. */
export interface HistogramPoint extends MetricPoint {
  readonly count: number;
  readonly sum: number;
  /** `undefined` where nothing was measured. */
  readonly min: number | undefined;
  readonly max: number | undefined;
  /** Upper ends of the buckets, ascending; one more holds what is above. */
  readonly boundaries: readonly number[];
  /** How many measurements each bucket holds. */
  readonly bucketCounts: readonly number[];
  /** All measurements in finer buckets: every quantile of them. */
  readonly sketch: QuantileSketch;
  /** By bucket, the last measurement that was made in a sampled trace. */
  readonly exemplars: readonly (Exemplar | undefined)[];
}

/** A measurement to look at. */
export interface Exemplar {
  readonly value: number;
  /** When it was made, in milliseconds since 1970. */
  readonly wallMillis: number;
  readonly traceId: string;
  readonly spanId: string;
}
