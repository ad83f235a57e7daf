import type { SeriesSummary } from '../series/seriesQuery.ts';
import type { SeriesStore } from '../series/seriesStore.ts';
import type { Threshold, ThresholdStatistic } from './threshold.ts';
import type { ThresholdReading } from './thresholdWatch.ts';

/** The statistic of every series that a threshold looks at, over its window up to now. */
export function measureThreshold(
  series: Pick<SeriesStore, 'summariseEach'>,
  { metric, attributes, windowMillis, statistic = 'mean' }: Threshold,
): readonly ThresholdReading[] {
  return series.summariseEach({ metric, attributes, windowMillis }).map(({ attributes: own, summary }) => ({
    attributes: own,
    value: summary.verdict === 'summarised' ? valueOf(summary, statistic) : undefined,
    isGone: summary.verdict !== 'summarised' && summary.gaps.length === 0,
  }));
}

function valueOf(summary: SeriesSummary, statistic: ThresholdStatistic): number | undefined {
  return statistic === 'rate' ? summary.ratePerSecond : summary[statistic];
}
