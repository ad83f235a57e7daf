/** A metric has all the series that it may have: measurements with further attributes are told apart no more. */
export class SeriesOverflowError extends Error {
  override readonly name = 'SeriesOverflowError';
  readonly metric: string;
  readonly maxSeries: number;

  constructor(metric: string, maxSeries: number) {
    super(
      `${metric} has ${maxSeries} series, which are all that it may have: ` +
        'measurements with other attributes are counted together, as otel.metric.overflow',
    );
    this.metric = metric;
    this.maxSeries = maxSeries;
  }
}
