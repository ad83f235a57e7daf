import type { CountedDay } from '../../../requests/statistics/statisticsBook.ts';
import { OutcomeSlice } from '../../../requests/statistics/outcomeSlice.ts';
import { readStatistics } from '../../../requests/statistics/requestStatistics.ts';
import { countedOf } from '../requests/counted.ts';
import type { RequestsPart } from './overviewSchema.ts';
import { RECENT_MILLIS, type WindowShape } from './overviewWindows.ts';

type Outcome = RequestsPart['recent'];

const NARROWEST_MILLIS = 10_000;
const HOUR_MILLIS = 60 * 60_000;
/** A time before of which less is known says nothing of it. */
const LEAST_COVERED = 0.25;
/** With fewer requests the 99th percentile of a slice is that of one request. */
const FEWEST_OF_A_SLICE = 20;
const FEWEST_SLICES = 3;

/** The bars of a window, what was before it, what is recent, and what is usual. */
export function requestBars(
  day: CountedDay,
  { millis, barMillis, beforeMillis }: WindowShape,
  nowMillis: number,
): Pick<RequestsPart, 'bars' | 'before' | 'recent' | 'earlier' | 'usual'> {
  const { originMillis, sinceMillis } = day;
  const startOf = (widthMillis: number, timeMillis: number): number =>
    Math.floor((timeMillis - originMillis) / widthMillis) * widthMillis + originMillis;
  const within = (fromMillis: number, toMillis: number): Outcome => {
    const sum = new OutcomeSlice();
    for (const { startedMillis, outcomes } of day.slices)
      if (startedMillis >= fromMillis && startedMillis < toMillis) sum.merge(outcomes);
    const coveredMillis = Math.min(toMillis, nowMillis) - Math.max(fromMillis, sinceMillis);
    return { counted: countedOf(sum), coveredSeconds: Math.max(0, coveredMillis) / 1000 };
  };
  const windowStart = startOf(barMillis, nowMillis - millis);
  const bars: RequestsPart['bars'] = [];
  for (let fromMillis = windowStart; fromMillis <= nowMillis; fromMillis += barMillis) {
    // What was before the tracker is not known, which is something else than nothing.
    if (fromMillis + barMillis > sinceMillis)
      bars.push({ fromMillis, widthMillis: barMillis, ...within(fromMillis, fromMillis + barMillis) });
  }
  const recentStart = startOf(NARROWEST_MILLIS, nowMillis - RECENT_MILLIS);
  const before =
    beforeMillis === undefined ? undefined : within(startOf(beforeMillis, windowStart - millis), windowStart);
  const usual = usualOf(day, recentStart);
  return {
    bars,
    ...(before !== undefined && before.coveredSeconds * 1000 >= LEAST_COVERED * millis && { before }),
    recent: within(recentStart, Number.POSITIVE_INFINITY),
    earlier: earlierOf(day, recentStart),
    ...(usual && { usual }),
  };
}

function earlierOf({ slices, sinceMillis }: CountedDay, toMillis: number): RequestsPart['earlier'] {
  const fromMillis = toMillis - HOUR_MILLIS;
  const known = slices.filter(({ startedMillis }) => startedMillis >= fromMillis && startedMillis < toMillis);
  const last = known.at(-1);
  return {
    count: known.reduce((sum, { outcomes }) => sum + outcomes.count, 0),
    coveredSeconds: Math.max(0, toMillis - Math.max(fromMillis, sinceMillis)) / 1000,
    ...(last && { lastMillis: Math.min(toMillis, last.startedMillis + last.widthMillis) }),
  };
}

/** The median is not moved by an hour in which everything was slow. */
function usualOf({ slices }: CountedDay, beforeMillis: number): RequestsPart['usual'] {
  const known = slices.filter(
    ({ startedMillis, outcomes }) => startedMillis < beforeMillis && outcomes.count >= FEWEST_OF_A_SLICE,
  );
  if (known.length < FEWEST_SLICES) return undefined;
  const all = known.map(({ outcomes }) => p99Of(outcomes)).sort((a, b) => a - b);
  const p99Millis = all[Math.floor((all.length - 1) / 2)] ?? 0;
  return { p99Millis, count: known.reduce((sum, { outcomes }) => sum + outcomes.count, 0), slices: known.length };
}

function p99Of(outcomes: OutcomeSlice): number {
  const { durations } = readStatistics(outcomes, { window: '1h', coveredSeconds: 0, state: undefined });
  return durations?.p99Millis ?? 0;
}
