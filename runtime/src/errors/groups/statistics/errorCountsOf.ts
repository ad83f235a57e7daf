import type { GroupRoom } from '../store/groupRoom.ts';
import type { ErrorCounts } from './errorStatistics.ts';

/** How many errors there were, and where they are. */
export function errorCountsOf({ store, shed, ungrouped, events, bytes }: GroupRoom, errors: number): ErrorCounts {
  let inGroups = 0;
  for (const { count } of store.all()) inGroups += count;
  return Object.freeze({
    errors,
    inGroups,
    ungrouped,
    ungroupedBy: shed.rows(),
    groups: store.size,
    events: events.count,
    eventsLeftOut: events.leftOut,
    breadcrumbsLeftOut: events.breadcrumbsLeftOut,
    bytes,
  });
}
