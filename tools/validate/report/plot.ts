/** A line of a plot. */
export interface PlotSeries {
  readonly name: string;
  /** x and y, both finite, in rising order of x; series of one plot may have different x. */
  readonly points: readonly (readonly [x: number, y: number])[];
}

/** A diagram of the HTML report; the JSON report has its numbers. */
export interface Plot {
  readonly title: string;
  /** What stands below, with its unit, such as `spans offered per second`. */
  readonly xLabel: string;
  /** What stands beside, without its unit. */
  readonly yLabel: string;
  /** Unit of y, such as `s` or `spans/s`; the empty text for a plain number. */
  readonly unit: string;
  /** At least one. */
  readonly series: readonly PlotSeries[];
  /** What the reader must know of it, in a sentence or two. */
  readonly note?: string;
}

/** Numbers and texts that a report shows in rows. */
export interface ReportTable {
  readonly title: string;
  readonly columns: readonly string[];
  /** Each as long as `columns`. */
  readonly rows: readonly (readonly (string | number)[])[];
}
