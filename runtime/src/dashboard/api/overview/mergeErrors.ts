import { ERROR_SEVERITIES, type ErrorSeverity } from '../../../errors/errorSeverity.ts';
import { pressureOf } from '../../../errors/groups/statistics/groupPressure.ts';
import { severityTogether, stateTogether } from '../errors/groupsTogether.ts';
import { numbersTogether } from './errorStandings.ts';
import type { ErrorsPart, OverviewGroup, ShownErrors } from './overviewSchema.ts';

const MOST_PRESSING = 8;
const MOST_CHANGES = 8;

/** The errors of all instances: what is shown, and what the rules and the release look at. */
export interface MergedErrors {
  readonly shown: ShownErrors;
  /** Of the last day. */
  readonly appeared: readonly OverviewGroup[];
  readonly regressed: readonly OverviewGroup[];
  readonly spiking: readonly OverviewGroup[];
  readonly releases: ErrorsPart['releases'];
}

/**
 * Groups have the same IDs on all instances: those of several become one, with the sum of their errors and the largest number of
 * users.
 */
export function mergeErrors(parts: readonly ErrorsPart[], nowMillis: number): MergedErrors {
  const older = new Set(parts.flatMap(({ olderIds }) => olderIds));
  const pressing = together(parts.flatMap((part) => part.pressing));
  return {
    shown: {
      ...numbersTogether(parts.map(({ ids }) => ids)),
      pressing: pressing.sort((a, b) => pressure(b, nowMillis) - pressure(a, nowMillis)).slice(0, MOST_PRESSING),
      changes: changesOf(parts),
    },
    appeared: worstFirst(
      // Seen first here, and long before there, it is not new.
      together(parts.flatMap((part) => part.appeared)).filter(({ id }) => !older.has(id)),
      ({ firstSeenMillis }) => firstSeenMillis,
    ),
    regressed: worstFirst(together(parts.flatMap((part) => part.regressed)), (group) => group.regressedMillis ?? 0),
    spiking: worstFirst(together(parts.flatMap((part) => part.spiking)), (group) => group.spike?.count ?? 0),
    releases: parts.flatMap(({ releases }) => releases).sort((a, b) => b.lastSeenMillis - a.lastSeenMillis),
  };
}

function together(groups: readonly OverviewGroup[]): OverviewGroup[] {
  const byId = new Map<string, OverviewGroup>();
  for (const group of groups) {
    const known = byId.get(group.id);
    byId.set(group.id, known === undefined ? group : added(known, group));
  }
  return [...byId.values()];
}

/** What is said in words is of the one that was seen last. */
function added(left: OverviewGroup, right: OverviewGroup): OverviewGroup {
  const [newer, older] = left.lastSeenMillis >= right.lastSeenMillis ? [left, right] : [right, left];
  const first = left.firstSeenMillis <= right.firstSeenMillis ? left : right;
  const regressedMillis = Math.max(left.regressedMillis ?? 0, right.regressedMillis ?? 0);
  const spike = (newer.spike?.count ?? 0) >= (older.spike?.count ?? 0) ? newer.spike : older.spike;
  return {
    ...newer,
    severity: severityTogether(left.severity, right.severity),
    state: stateTogether([left.state, right.state]),
    count: left.count + right.count,
    users: Math.max(left.users, right.users),
    firstSeenMillis: first.firstSeenMillis,
    ...(first.firstRelease !== undefined && { firstRelease: first.firstRelease }),
    ...(regressedMillis > 0 && { regressedMillis }),
    ...(spike && { spike }),
  };
}

function worstFirst(groups: OverviewGroup[], valueOf: (group: OverviewGroup) => number): OverviewGroup[] {
  return groups.sort((a, b) => rankOf(b.severity) - rankOf(a.severity) || valueOf(b) - valueOf(a));
}

/** An action is done on every instance that holds the group: it is one change. */
function changesOf(parts: readonly ErrorsPart[]): ShownErrors['changes'] {
  const seen = new Set<string>();
  return parts
    .flatMap(({ changes }) => changes)
    .sort((a, b) => b.atMillis - a.atMillis)
    .filter(({ id, to }) => {
      const key = `${id} ${to}`;
      const isNew = !seen.has(key);
      seen.add(key);
      return isNew;
    })
    .slice(0, MOST_CHANGES);
}

function pressure(
  { severity, count, lastSeenMillis, spike, regressedMillis }: OverviewGroup,
  nowMillis: number,
): number {
  return pressureOf({
    severity,
    count,
    seenAgoMillis: nowMillis - lastSeenMillis,
    isSpiking: spike !== undefined,
    isRegressed: regressedMillis !== undefined,
  });
}

function rankOf(severity: ErrorSeverity): number {
  return ERROR_SEVERITIES.indexOf(severity);
}
