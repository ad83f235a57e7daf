/** Why points are not kept. */
export const SERIES_REFUSALS = ['maxSeries', 'share', 'maxBytes', 'tooLong', 'notFinite'] as const;

/**
 * Why points are not kept: there are `maxSeries` series already; their metric has its share of these; a new series has no room
 * within `maxBytes`; names and attributes are too long; the value is no number, or infinite.
 */
export type SeriesRefusal = (typeof SERIES_REFUSALS)[number];

/**
 * What is lost of what metrics were like: points that are not kept, points that became coarser before their time, series that
 * were let go of, gaps that were let go of.
 */
export type SeriesLoss = SeriesRefusal | 'coarser' | 'letGo' | 'maxGaps';

/** A `SeriesStore` does not keep all that it was given. It is told of once for each kind of loss; `counts()` goes on. */
export class SeriesLossError extends Error {
  override readonly name = 'SeriesLossError';
  readonly loss: SeriesLoss;

  /** @param problem - what is lost and by which limit, in words */
  constructor(loss: SeriesLoss, problem: string) {
    super(problem);
    this.loss = loss;
  }
}
