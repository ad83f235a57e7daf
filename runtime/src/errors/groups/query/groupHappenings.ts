import type { GroupRecord } from '../store/groupRecord.ts';

/** Everything that may happen to a group, beside that its errors come. */
export const GROUP_HAPPENINGS = ['appeared', 'regressed', 'spiked', 'resolved'] as const;

/**
 * What happened to a group: it was seen first, it came back after it was resolved, it began to come significantly more often than
 * before, somebody resolved it.
 */
export type GroupHappening = (typeof GROUP_HAPPENINGS)[number];

/**
 * What happened to a group since a moment of the clock that never goes back, whatever became of it then; a resolution that
 * somebody took back did not happen. After a restart it is known when a group was seen first, and when it came back or was
 * resolved where that is what it still is.
 */
export function happenedTo(record: GroupRecord, sinceMillis: number): readonly GroupHappening[] {
  const { firstSeenMillis, spikedMillis, resolution, countedResolution } = record;
  const resolvedMillis = resolution.state === 'resolved' ? resolution.changedMillis : countedResolution?.atMillis;
  const times: Readonly<Record<GroupHappening, number | undefined>> = {
    appeared: firstSeenMillis,
    regressed: resolution.regressedMillis,
    spiked: spikedMillis,
    resolved: resolvedMillis,
  };
  return GROUP_HAPPENINGS.filter((name) => (times[name] ?? Number.NEGATIVE_INFINITY) >= sinceMillis);
}
