import { QuantileSketch } from '../../../core/quantileSketch.ts';
import { DurationSummary, type OutcomeSlice } from '../../../requests/statistics/outcomeSlice.ts';
import { readStatistics } from '../../../requests/statistics/requestStatistics.ts';
import type { Counted, CountedDurations, RequestStatistics } from './countedSchema.ts';

/** What was counted, as it is sent. */
export function countedOf({ completed, failed, cancelled, satisfied, tolerating }: OutcomeSlice): Counted {
  return {
    ...(completed && { completed: countedDurationsOf(completed) }),
    ...(failed && { failed: countedDurationsOf(failed) }),
    cancelled,
    satisfied,
    tolerating,
  };
}

/** Durations, as they are sent. There is at least one. */
export function countedDurationsOf({
  count,
  sumMillis,
  minMillis,
  maxMillis,
  histogram,
}: DurationSummary): CountedDurations {
  return { count, sumMillis, minMillis, maxMillis, pairs: histogram.toPairs() };
}

/** Adds what was sent to a sum. */
export function addCounted(sum: OutcomeSlice, { completed, failed, cancelled, satisfied, tolerating }: Counted): void {
  if (completed) addDurations((sum.completed ??= new DurationSummary()), completed);
  if (failed) addDurations((sum.failed ??= new DurationSummary()), failed);
  sum.cancelled += cancelled;
  sum.satisfied += satisfied;
  sum.tolerating += tolerating;
}

/** Adds durations that were sent to a sum. */
function addDurations(sum: DurationSummary, { count, sumMillis, minMillis, maxMillis, pairs }: CountedDurations): void {
  sum.count += count;
  sum.sumMillis += sumMillis;
  sum.minMillis = Math.min(sum.minMillis, minMillis);
  sum.maxMillis = Math.max(sum.maxMillis, maxMillis);
  sum.histogram.merge(QuantileSketch.fromPairs(pairs));
}

/**
 * The statistics of a sum.
 *
 * @param ratePerSecond - the sum of the instances' own: each covers a time of its own
 */
export function statisticsOf(sum: OutcomeSlice, ratePerSecond: number): RequestStatistics {
  const { count, completed, failed, cancelled, errorRatio, apdex, durations } = readStatistics(sum, {
    // Of no matter: the rate is given.
    window: '1h',
    coveredSeconds: 0,
    state: undefined,
  });
  return {
    count,
    completed,
    failed,
    cancelled,
    ratePerSecond,
    ...(errorRatio !== undefined && { errorRatio }),
    ...(apdex !== undefined && { apdex }),
    ...(durations && { durations: { ...durations } }),
  };
}
