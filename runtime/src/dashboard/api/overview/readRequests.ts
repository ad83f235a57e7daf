import { nextTurn } from '../../../core/adapters/nextTurn.ts';
import { Highest } from '../../../core/highest.ts';
import { readStatistics } from '../../../requests/statistics/requestStatistics.ts';
import type { RequestTracker } from '../../../requests/requestTracker.ts';
import { countedOf } from '../requests/counted.ts';
import { inTurns } from '../../inTurns.ts';
import { requestFactsOf } from '../requests/requestFactsOf.ts';
import type { OverviewWindow, RequestsPart } from './overviewSchema.ts';
import { WINDOW_SHAPES } from './overviewWindows.ts';
import { requestBars } from './requestBars.ts';

const MOST_STUCK = 5;
const MOST_OPERATIONS = 10;
const MOST_USERS = 10;
/** Operations beyond are together in `(other)` anyway, unless somebody raised `maxOperations`. */
const OPERATIONS_LOOKED_AT = 300;
/** An operation that was called less often is not slow, but rare. */
const FEWEST_CALLS = 3;

/** What an instance's requests are like. In steps of about a millisecond. */
export async function readRequests(
  tracker: RequestTracker,
  window: OverviewWindow,
  wallMillis: () => number,
): Promise<RequestsPart> {
  const bars = requestBars(tracker.statistics.day(), WINDOW_SHAPES[window], wallMillis());
  await nextTurn();
  const { requests, total, stuck } = await inTurns(tracker.searchUnfinished({}, { limit: MOST_STUCK }));
  const nowMillis = wallMillis();
  await nextTurn();
  const operations = await slowestOperations(tracker, window);
  await nextTurn();
  const failing = tracker.statistics.mostFailed('userId', { window, limit: MOST_USERS });
  return {
    ...bars,
    unfinished: total,
    stuckCount: stuck,
    stuckAfterMillis: tracker.config.stuckAfterMillis,
    stuck: requests.filter(({ isStuck }) => isStuck).map((request) => requestFactsOf(request, nowMillis)),
    operations,
    failingUsers: failing.map(({ key, count, failures }) => ({ userId: key, count, failures })),
  };
}

async function slowestOperations(tracker: RequestTracker, window: OverviewWindow): Promise<RequestsPart['operations']> {
  const { groups } = await inTurns(tracker.statistics.countedBy('operation', { window, limit: OPERATIONS_LOOKED_AT }));
  const slowest = new Highest<(typeof groups)[number]>(MOST_OPERATIONS);
  for (const [index, group] of groups.entries()) {
    if (index % 50 === 49) await nextTurn();
    if (group.outcomes.count < FEWEST_CALLS) continue;
    const { durations } = readStatistics(group.outcomes, { window, coveredSeconds: 0, state: undefined });
    slowest.offer(group, durations?.p95Millis ?? 0);
  }
  return slowest.list().map(({ key, outcomes }) => ({ operation: key, counted: countedOf(outcomes) }));
}
