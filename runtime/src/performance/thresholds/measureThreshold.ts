import type { NothingMeasured, SeriesSummary } from '../series/seriesQuery.ts';
import type { SeriesStore } from '../series/seriesStore.ts';
import type { Threshold, ThresholdStatistic } from './threshold.ts';
import type { ThresholdReading } from './thresholdWatch.ts';

/**
 * The statistic of every series that a threshold looks at, over its window up to now. A series is gone when nothing of it came
 * within the window, and there is no gap that says why. A histogram that was read is there, and says nothing of what it
 * measures where it has measured nothing: who asks a service that does not answer has no durations.
 */
export function measureThreshold(
  series: Pick<SeriesStore, 'summariseEach'>,
  { metric, attributes, windowMillis, statistic = 'mean' }: Threshold,
): readonly ThresholdReading[] {
  return series.summariseEach({ metric, attributes, windowMillis }).map(({ summary, isSeen, ...of }) => ({
    scope: of.scope,
    kind: of.kind,
    attributes: of.attributes,
    value: valueOf(summary, statistic),
    isGone: !isSeen && summary.verdict !== 'summarised' && summary.gaps.length === 0,
  }));
}

function valueOf(summary: SeriesSummary | NothingMeasured, statistic: ThresholdStatistic): number | undefined {
  if (statistic === 'rate') return summary.ratePerSecond;
  return summary.verdict === 'summarised' ? summary[statistic] : undefined;
}
