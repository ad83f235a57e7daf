import { isoTime } from '../../core/isoTime.ts';
import type { ErrorGroupSnapshot } from '../errorGroupSnapshot.ts';
import type { GroupRecord } from './store/groupRecord.ts';

/** What is told of a group. Frozen. */
export function groupSnapshotOf(record: GroupRecord): ErrorGroupSnapshot {
  const { code, culprit, releases, users, resolution, spike, categoryOverride, severityOverride } = record;
  return Object.freeze({
    id: record.id,
    type: record.type,
    message: record.message,
    ...(code !== undefined && { code }),
    ...(culprit !== undefined && { culprit }),
    category: record.category,
    severity: record.severity,
    ...(categoryOverride && { categoryOverride }),
    ...(severityOverride && { severityOverride }),
    count: record.count,
    users: users.count,
    hasMoreUsers: users.hasMore,
    firstSeenAt: isoTime(record.firstSeenWallMillis),
    lastSeenAt: isoTime(record.lastSeenWallMillis),
    ...(releases.first !== undefined && { firstRelease: releases.first }),
    ...(releases.last !== undefined && { lastRelease: releases.last }),
    releases: Object.freeze(releases.entries().map(([release, count]) => Object.freeze({ release, count }))),
    inOtherReleases: releases.others,
    state: resolution.state,
    isRegressed: resolution.isRegressed,
    ...(spike && { spike }),
    history: resolution.history.list(),
    historyLeftOut: resolution.history.leftOut,
    events: Object.freeze(record.events.newestFirst()),
  });
}
