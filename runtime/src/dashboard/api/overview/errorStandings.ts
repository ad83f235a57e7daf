import { RESOLUTION_STATES } from '../../../errors/errorGroupSnapshot.ts';
import { ERROR_SEVERITIES } from '../../../errors/errorSeverity.ts';
import type { GroupStanding } from '../../../errors/groups/statistics/groupsAtAGlance.ts';
import { severityTogether, stateTogether } from '../errors/groupsTogether.ts';
import type { IdsByStanding, ShownErrors } from './overviewSchema.ts';

/** How many groups there are. */
export type GroupNumbers = Pick<ShownErrors, 'groups' | 'unresolved' | 'acknowledged'>;

/** Every group of an instance, in the form that is sent to others. */
export function idsByStanding(standings: readonly GroupStanding[]): IdsByStanding {
  const ids: IdsByStanding = {};
  for (const { id, state, severity } of standings) {
    const bySeverity = (ids[state] ??= {});
    const others = bySeverity[severity];
    bySeverity[severity] = others === undefined ? id : `${others} ${id}`;
  }
  return ids;
}

/** How many groups all instances have together: each once, as open and as bad as it is on any of them. */
export function numbersTogether(all: readonly IdsByStanding[]): GroupNumbers {
  const groups = new Map<string, Standing>();
  for (const { id, state, severity } of all.flatMap(standingsOf)) {
    const known = groups.get(id);
    groups.set(id, {
      state: known === undefined ? state : stateTogether([known.state, state]),
      severity: known === undefined ? severity : severityTogether(known.severity, severity),
    });
  }
  const unresolved = { low: 0, medium: 0, high: 0, critical: 0 };
  let acknowledged = 0;
  for (const { state, severity } of groups.values()) {
    if (state === 'acknowledged') acknowledged += 1;
    if (state === 'acknowledged' || state === 'open') unresolved[severity] += 1;
  }
  return { groups: groups.size, unresolved, acknowledged };
}

type Standing = Omit<GroupStanding, 'id'>;

function standingsOf(ids: IdsByStanding): GroupStanding[] {
  return RESOLUTION_STATES.flatMap((state) =>
    ERROR_SEVERITIES.flatMap((severity) => {
      const text = ids[state]?.[severity];
      return text === undefined ? [] : text.split(' ').map((id) => ({ id, state, severity }));
    }),
  );
}
