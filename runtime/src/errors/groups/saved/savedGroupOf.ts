import type { GroupRecord } from '../store/groupRecord.ts';
import { MOST_SAVED_EVENTS, type SavedErrorGroup } from './savedErrorGroups.ts';

/** @param wallAhead - milliseconds that the wall clock is ahead of the one that never goes back */
export function savedGroupOf(record: GroupRecord, wallAhead: number): SavedErrorGroup {
  const { code, culprit, releases, users, events, categoryOverride, severityOverride } = record;
  return {
    id: record.id,
    type: record.type,
    message: record.message,
    ...(code !== undefined && { code }),
    ...(culprit !== undefined && { culprit }),
    category: record.judgedCategory,
    severity: record.judgedSeverity,
    handledSeverity: record.handledSeverity,
    ...(categoryOverride && { categoryOverride }),
    ...(severityOverride && { severityOverride }),
    unhandled: record.unhandled,
    endsProcess: record.endsProcess,
    count: record.count,
    firstSeenMillis: record.firstSeenWallMillis,
    lastSeenMillis: record.lastSeenWallMillis,
    releases: releases.entries(),
    ...(releases.last !== undefined && { lastRelease: releases.last }),
    inOtherReleases: releases.others,
    users: users.first(Number.POSITIVE_INFINITY),
    ...(users.since && { usersSince: users.since }),
    hasMoreUsers: users.hasMore,
    resolution: record.resolution.saved(wallAhead),
    ...(events.first && { firstEvent: events.first.captured }),
    events: events.others.slice(-MOST_SAVED_EVENTS).map(({ captured }) => captured),
  };
}
