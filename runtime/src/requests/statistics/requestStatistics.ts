import { DurationSummary, type OutcomeSlice } from './outcomeSlice.ts';
import type { StatisticsWindow } from './outcomeSlices.ts';

/** How long requests took, in milliseconds. Percentiles are within 1 % of the exact ones. */
export interface RequestDurations {
  readonly minMillis: number;
  readonly meanMillis: number;
  readonly p50Millis: number;
  readonly p90Millis: number;
  readonly p95Millis: number;
  readonly p99Millis: number;
  readonly p999Millis: number;
  readonly maxMillis: number;
}

/** What happened to some requests within a window. */
export interface RequestStatistics {
  readonly window: StatisticsWindow;
  /**
   * The time that the counts are of, in seconds: the window and up to one of its slices more (10 s for `1m` and `5m`,
   * five minutes for `1h`, an hour for `24h`), and no more than the tracker's own age.
   */
  readonly coveredSeconds: number;
  /** Requests that ended within it; of unfinished states, those that are in it now. */
  readonly count: number;
  readonly completed: number;
  /** Of all reasons, `cancelled` too. */
  readonly failed: number;
  /** Those among the failed that nobody waited for any more (`cancelled`): no fault of who worked on them. */
  readonly cancelled: number;
  /** `count` for each second covered. */
  readonly ratePerSecond: number;
  /** Failed ones of all that ended, cancelled ones in neither, from 0 to 1; `undefined` where none ended so. */
  readonly errorRatio: number | undefined;
  /**
   * Apdex, from 0 to 1: completed within the threshold count 1, within four times of it a half, all others and what failed
   * nothing; cancelled ones are left out; `undefined` where no others ended.
   */
  readonly apdex: number | undefined;
  /** `undefined` where there is no request to measure. */
  readonly durations: RequestDurations | undefined;
}

/** What the statistics of one value of a dimension are. */
export interface RequestGroup {
  /** The operation, the user or the agent; `(other)` for those beyond the limit. */
  readonly key: string;
  readonly statistics: RequestStatistics;
}

/** The finished states that statistics tell apart. */
export const FINISHED_STATES = ['completed', 'failed'] as const;

/** One of the finished states that statistics tell apart. */
export type FinishedState = (typeof FINISHED_STATES)[number];

/** Reads statistics out of what was counted. */
export function readStatistics(
  outcomes: OutcomeSlice,
  { window, coveredSeconds, state }: StatisticsScope,
): RequestStatistics {
  const completed = state === 'failed' ? 0 : (outcomes.completed?.count ?? 0);
  const failed = state === 'completed' ? 0 : (outcomes.failed?.count ?? 0);
  const count = completed + failed;
  // Ratios are of all that ended, whichever of them are counted: of failed ones alone all have failed. A client that goes
  // away says nothing of the service.
  const allFailed = (outcomes.failed?.count ?? 0) - outcomes.cancelled;
  const all = (outcomes.completed?.count ?? 0) + allFailed;
  return {
    window,
    coveredSeconds,
    count,
    completed,
    failed,
    cancelled: state === 'completed' ? 0 : outcomes.cancelled,
    ratePerSecond: coveredSeconds === 0 ? 0 : count / coveredSeconds,
    errorRatio: all === 0 ? undefined : allFailed / all,
    apdex: all === 0 ? undefined : (outcomes.satisfied + outcomes.tolerating / 2) / all,
    durations: readDurations(summaryOf(outcomes, state)),
  };
}

/** What statistics are of. */
export interface StatisticsScope {
  readonly window: StatisticsWindow;
  readonly coveredSeconds: number;
  /** Only these; both where it is left out. */
  readonly state: FinishedState | undefined;
}

function summaryOf({ completed, failed }: OutcomeSlice, state: FinishedState | undefined): DurationSummary | undefined {
  if (state === 'completed') return completed;
  if (state === 'failed') return failed;
  if (completed === undefined || failed === undefined) return completed ?? failed;
  const both = new DurationSummary();
  both.merge(completed);
  both.merge(failed);
  return both;
}

/** The durations that a summary tells of; `undefined` where there is none in it. */
export function readDurations(summary: DurationSummary | undefined): RequestDurations | undefined {
  if (summary === undefined || summary.count === 0) return undefined;
  const { minMillis, maxMillis, sumMillis, count, histogram } = summary;
  // A bucket's middle may lie outside of what was measured.
  const quantile = (share: number): number =>
    Math.min(maxMillis, Math.max(minMillis, histogram.quantile(share) ?? minMillis));
  return {
    minMillis,
    meanMillis: sumMillis / count,
    p50Millis: quantile(0.5),
    p90Millis: quantile(0.9),
    p95Millis: quantile(0.95),
    p99Millis: quantile(0.99),
    p999Millis: quantile(0.999),
    maxMillis,
  };
}
