import { neverThrowing } from '../../core/neverThrowing.ts';
import { cutText } from '../../core/redaction.ts';
import { type SeriesLoss, SeriesLossError, type SeriesRefusal } from './seriesLossError.ts';
import { type SeriesStoreConfig, shareOf } from './seriesStoreOptions.ts';

const LONGEST_NAME = 100;

/** Counts points that are not kept, and tells of every loss when it comes for the first time. */
export class SeriesLosses {
  /** Points of which nothing was kept. */
  readonly refused: Record<SeriesRefusal, number> = { maxSeries: 0, share: 0, maxBytes: 0, tooLong: 0, notFinite: 0 };
  readonly #config: SeriesStoreConfig;
  readonly #onError: (error: Error) => void;
  readonly #told = new Set<SeriesLoss>();

  constructor(config: SeriesStoreConfig) {
    this.#config = config;
    this.#onError = neverThrowing(config.onError);
  }

  /** A point of a metric is not kept. */
  refuse(reason: SeriesRefusal, metric: string): void {
    this.refused[reason] += 1;
    this.tell(reason, metric);
  }

  /** Something is lost, of a metric among others. */
  tell(loss: SeriesLoss, metric = ''): void {
    if (this.#told.has(loss)) return;
    this.#told.add(loss);
    this.#onError(
      new SeriesLossError(loss, problemOf(loss, JSON.stringify(cutText(metric, LONGEST_NAME)), this.#config)),
    );
  }
}

function problemOf(loss: SeriesLoss, metric: string, config: SeriesStoreConfig): string {
  const { maxSeries, maxBytes, maxPoints, maxGaps } = config;
  const some = 'points of some series are not kept';
  switch (loss) {
    case 'maxSeries':
      return `${some}, of ${metric} first: there are ${maxSeries} series already`;
    case 'share':
      return `${some}: ${metric} has ${shareOf(maxSeries)} series, which is its share of ${maxSeries}`;
    case 'maxBytes':
      return `${some}, of ${metric} first: there is no room within ${maxBytes} bytes`;
    case 'tooLong':
      return `${some}, of ${metric} first: names and attributes of one are too long`;
    case 'notFinite':
      return `${some}, of ${metric} first: a value is no finite number`;
    case 'coarser':
      return `points become coarser before their time: there is room for ${maxPoints} points and ${maxBytes} bytes`;
    case 'letGo':
      return `series are let go of with all their points: there is no room within ${maxBytes} bytes`;
    case 'maxGaps':
      return `the oldest gaps are let go of: there are more than ${maxGaps}`;
  }
}
