import { Highest } from '../../../core/highest.ts';
import type { ErrorCategory } from '../../errorCategory.ts';
import type { ErrorSpike, ResolutionChange, ResolutionState } from '../../errorGroupSnapshot.ts';
import { ERROR_SEVERITIES, type ErrorSeverity } from '../../errorSeverity.ts';
import type { GroupRecord } from '../store/groupRecord.ts';
import { pressureOf } from './groupPressure.ts';

/** A group in short. Times are in milliseconds since 1970. */
export interface GlancedGroup {
  readonly id: string;
  readonly type: string;
  readonly message: string;
  readonly culprit?: string;
  readonly category: ErrorCategory;
  readonly severity: ErrorSeverity;
  readonly state: ResolutionState;
  readonly count: number;
  readonly users: number;
  readonly firstSeenMillis: number;
  readonly lastSeenMillis: number;
  readonly firstRelease?: string;
  /** When it came back after it was resolved, where it did and is not resolved since. */
  readonly regressedMillis?: number;
  readonly spike?: ErrorSpike;
}

/** All that is told of each group: who puts replicas together counts each group once by it. */
export interface GroupStanding {
  readonly id: string;
  readonly state: ResolutionState;
  readonly severity: ErrorSeverity;
}

/** A change of a group's state. */
export interface GlancedChange extends ResolutionChange {
  readonly id: string;
  readonly type: string;
}

/** What there is of groups, as far as it fits on one screen. */
export interface GroupsAtAGlance {
  /** Every group that is kept. */
  readonly standings: readonly GroupStanding[];
  /** Open ones and those that somebody looks at, those first that somebody should look at first. */
  readonly pressing: readonly GlancedGroup[];
  /** Those that were seen first since the given time and are not resolved: the worst first, of these the newest. */
  readonly appeared: readonly GlancedGroup[];
  /** How many there are of them, and of those that are new in the given release. */
  readonly appearedCount: number;
  readonly appearedInRelease: number;
  /** Those that came back since the given time and are not resolved: the worst first, of these the newest. */
  readonly regressed: readonly GlancedGroup[];
  readonly regressedCount: number;
  /** Those that are spiking and not ignored, the worst first. */
  readonly spiking: readonly GlancedGroup[];
  /** Groups that were seen last and are older than the given time: who puts replicas together knows by them what is not new. */
  readonly olderIds: readonly string[];
  /** What people, or the groups themselves, did last; the newest first. */
  readonly changes: readonly GlancedChange[];
  /** Releases in which groups were seen, the one that was seen last first; at most 10. */
  readonly releases: readonly { readonly release: string; readonly lastSeenMillis: number }[];
}

/** What is looked for. */
export interface GlanceQuery {
  /** What came since then is new, in milliseconds of the clock that never goes back. */
  readonly sinceMillis: number;
  /** Of which groups are counted that are new in it. */
  readonly release: string | undefined;
  /** Most groups of each list, 1 to 1000. */
  readonly limit: number;
}

const MOST_OLDER = 200;
const MOST_RELEASES = 10;
const GROUPS_IN_A_STEP = 1000;
/** Weighs more than any time. */
const SEVERITY_WEIGHT = 1e15;

/** Goes once through all groups, in steps of about a millisecond. */
export function* groupsAtAGlance(
  records: Iterable<GroupRecord>,
  { sinceMillis, release, limit }: GlanceQuery,
  nowMillis: number,
  aheadMillis: number,
): Generator<undefined, GroupsAtAGlance> {
  const lists = {
    pressing: new Highest<GroupRecord>(limit),
    appeared: new Highest<GroupRecord>(limit),
    regressed: new Highest<GroupRecord>(limit),
    spiking: new Highest<GroupRecord>(limit),
    older: new Highest<GroupRecord>(MOST_OLDER),
    changed: new Highest<GroupRecord>(limit),
  };
  const standings: GroupStanding[] = [];
  const counts = { appearedCount: 0, appearedInRelease: 0, regressedCount: 0 };
  const releases = new Map<string, number>();
  const nowWallMillis = nowMillis + aheadMillis;
  const shown = (record: GroupRecord): GlancedGroup => glanced(record, aheadMillis);
  for (const record of records) {
    const { severity, resolution, spike, releases: seenIn } = record;
    const { state, isRegressed, openedMillis } = resolution;
    standings.push({ id: record.id, state, severity });
    if (standings.length % GROUPS_IN_A_STEP === 0) yield undefined;
    if (record.lastSeenMillis >= sinceMillis && record.firstSeenMillis < sinceMillis)
      lists.older.offer(record, record.lastSeenMillis);
    if (resolution.history.newest !== undefined) lists.changed.offer(record, resolution.changedMillis);
    if (seenIn.last !== undefined)
      releases.set(seenIn.last, Math.max(releases.get(seenIn.last) ?? 0, record.lastSeenWallMillis));
    if (state === 'resolved' || state === 'ignored') continue;
    const badness = ERROR_SEVERITIES.indexOf(severity) * SEVERITY_WEIGHT;
    const seenAgoMillis = nowWallMillis - record.lastSeenWallMillis;
    const pressing = { severity, count: record.count, seenAgoMillis, isSpiking: spike !== undefined, isRegressed };
    lists.pressing.offer(record, pressureOf(pressing));
    if (spike !== undefined) lists.spiking.offer(record, badness + spike.count);
    if (record.firstSeenMillis >= sinceMillis) {
      counts.appearedCount += 1;
      if (release !== undefined && seenIn.first === release) counts.appearedInRelease += 1;
      lists.appeared.offer(record, badness + record.firstSeenMillis);
    }
    if (isRegressed && openedMillis >= sinceMillis) {
      counts.regressedCount += 1;
      lists.regressed.offer(record, badness + openedMillis);
    }
  }
  return {
    ...counts,
    standings,
    pressing: lists.pressing.list().map(shown),
    appeared: lists.appeared.list().map(shown),
    regressed: lists.regressed.list().map(shown),
    spiking: lists.spiking.list().map(shown),
    olderIds: lists.older.list().map(({ id }) => id),
    changes: lists.changed.list().flatMap(lastChange),
    releases: [...releases]
      .map(([name, lastSeenMillis]) => ({ release: name, lastSeenMillis }))
      .sort((a, b) => b.lastSeenMillis - a.lastSeenMillis)
      .slice(0, MOST_RELEASES),
  };
}

function glanced(record: GroupRecord, aheadMillis: number): GlancedGroup {
  const { culprit, releases, resolution, spike } = record;
  return {
    id: record.id,
    type: record.type,
    message: record.message,
    ...(culprit !== undefined && { culprit }),
    category: record.category,
    severity: record.severity,
    state: resolution.state,
    count: record.count,
    users: record.users.count,
    firstSeenMillis: record.firstSeenWallMillis,
    lastSeenMillis: record.lastSeenWallMillis,
    ...(releases.first !== undefined && { firstRelease: releases.first }),
    ...(resolution.isRegressed && { regressedMillis: resolution.openedMillis + aheadMillis }),
    ...(spike && { spike }),
  };
}

function lastChange({ id, type, resolution }: GroupRecord): readonly GlancedChange[] {
  const { newest } = resolution.history;
  return newest === undefined ? [] : [{ ...newest, id, type }];
}
