import type { ErrorTracker } from '../../../errors/errorTracker.ts';
import type { GlancedGroup } from '../../../errors/groups/statistics/groupsAtAGlance.ts';
import { isoMillis } from '../../../core/isoTime.ts';
import { inTurns } from '../../inTurns.ts';
import { idsByStanding } from './errorStandings.ts';
import type { ErrorsPart, GroupChange, OverviewGroup } from './overviewSchema.ts';

const DAY_MILLIS = 24 * 60 * 60 * 1000;
const MOST_GROUPS = 20;
/** The whole is in the view of errors. */
const LONGEST_TEXT = 300;

/** What an instance's errors are like. In steps of about a millisecond. */
export async function readErrors({ groups, config }: ErrorTracker): Promise<ErrorsPart> {
  const steps = groups.statistics.atAGlance({ windowMillis: DAY_MILLIS, release: config.release, limit: MOST_GROUPS });
  const { standings, ...glance } = await inTurns(steps);
  const { errors, ungrouped } = groups.counts();
  const { count, memory, refused, shed } = ungrouped;
  return {
    ...glance,
    ids: idsByStanding(standings),
    pressing: glance.pressing.map(groupOf),
    appeared: glance.appeared.map(groupOf),
    regressed: glance.regressed.map(groupOf),
    spiking: glance.spiking.map(groupOf),
    olderIds: [...glance.olderIds],
    changes: glance.changes.map(({ id, type, from, to, at, by, note }): GroupChange => ({
      id,
      type: cut(type),
      from,
      to,
      atMillis: isoMillis(at),
      ...(by !== undefined && { by }),
      ...(note !== undefined && { note: cut(note) }),
    })),
    releases: glance.releases.map((release) => ({ ...release })),
    errors,
    notKept: count + memory + refused + shed,
  };
}

function groupOf({ type, message, culprit, spike, ...group }: GlancedGroup): OverviewGroup {
  return {
    ...group,
    type: cut(type),
    message: cut(message),
    ...(culprit !== undefined && { culprit: cut(culprit) }),
    ...(spike && { spike: { ...spike } }),
  };
}

function cut(text: string): string {
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT - 1)}…` : text;
}
