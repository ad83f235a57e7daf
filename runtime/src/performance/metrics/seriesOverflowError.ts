import type { MetricsLimits } from './metricsLimits.ts';

/** Which limit there is no room within for a series of its own. */
export type SeriesLimit = Extract<keyof MetricsLimits, 'maxSeriesPerMetric' | 'maxMeasuredSeries'>;

/** There is no room for further series of a metric: measurements with further attributes are told apart no more. */
export class SeriesOverflowError extends Error {
  override readonly name = 'SeriesOverflowError';
  readonly metric: string;
  /** The limit that was reached first. */
  readonly limit: SeriesLimit;
  /** What the limit is. */
  readonly value: number;

  constructor(metric: string, limit: SeriesLimit, value: number) {
    const who = limit === 'maxSeriesPerMetric' ? metric : 'all metrics together';
    super(
      `no further series of ${metric}: ${who} may have ${value} (${limit}). ` +
        'Measurements with other attributes are counted together, as otel.metric.overflow',
    );
    this.metric = metric;
    this.limit = limit;
    this.value = value;
  }
}
