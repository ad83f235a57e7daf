import { ERROR_SEVERITIES } from '../../../errors/errorSeverity.ts';
import type { InstancePart } from '../view.ts';
import { GROUP_HAPPENINGS } from '../../../errors/groups/query/groupHappenings.ts';
import type { ErrorCategory, ErrorSeverity, GroupHappening, ResolutionState } from './errorSchema.ts';
import type { ErrorTally, ListedErrors } from './errorsSchema.ts';

/** A group, as all instances together know it, in numbers. */
export interface GroupSum {
  readonly id: string;
  state: ResolutionState;
  category: ErrorCategory;
  severity: ErrorSeverity;
  count: number;
  inWindow: number;
  users: number;
  hasMoreUsers: boolean;
  firstSeenMillis: number;
  lastSeenMillis: number;
  happened: GroupHappening[];
  /** Whether it is like what was asked for, on one instance at least. */
  fits: boolean;
  readonly instances: string[];
}

/** What one instance knows of a group. */
export type GroupNumbers = Omit<GroupSum, 'fits' | 'instances'>;

/** In which state a group is: the one in which it needs most care, wherever it is in it. */
const URGENCY: Readonly<Record<ResolutionState, number>> = { resolved: 0, ignored: 1, acknowledged: 2, open: 3 };

/** The state in which a group needs most care: a group that is open on one instance is open. */
export function stateTogether(states: readonly ResolutionState[]): ResolutionState {
  return states.reduce<ResolutionState>(
    (worst, state) => (URGENCY[state] > URGENCY[worst] ? state : worst),
    'resolved',
  );
}

/** The worst of severities. */
export function severityTogether(first: ErrorSeverity, second: ErrorSeverity): ErrorSeverity {
  return ERROR_SEVERITIES.indexOf(second) > ERROR_SEVERITIES.indexOf(first) ? second : first;
}

/** What happened to a group on one instance happened to it; but new is only what is new everywhere. */
function happenedTogether(first: readonly GroupHappening[], second: readonly GroupHappening[]): GroupHappening[] {
  return GROUP_HAPPENINGS.filter((name) => {
    const [there, here] = [first.includes(name), second.includes(name)];
    return name === 'appeared' ? there && here : there || here;
  });
}

/** All groups of all instances, each once. */
export function groupsTogether(parts: readonly InstancePart<ListedErrors>[]): ReadonlyMap<string, GroupSum> {
  const sums = new Map<string, GroupSum>();
  for (const { instance, part } of parts) {
    for (const group of part.groups) add(sums, group, instance.id, true);
    // Those that fit come first.
    const fitting = part.total - part.groups.length;
    for (const [index, tally] of part.others.entries()) add(sums, numbersOf(tally), instance.id, index < fitting);
  }
  return sums;
}

function add(sums: Map<string, GroupSum>, group: GroupNumbers, instance: string, fits: boolean): void {
  const sum = sums.get(group.id);
  if (sum === undefined) {
    const { id, state, category, severity, count, inWindow, users, hasMoreUsers } = group;
    const { firstSeenMillis, lastSeenMillis, happened } = group;
    const numbers = { id, state, category, severity, count, inWindow, users, hasMoreUsers, happened };
    sums.set(id, { ...numbers, firstSeenMillis, lastSeenMillis, fits, instances: [instance] });
    return;
  }
  // The one that saw it last knows best what it is about.
  if (group.lastSeenMillis > sum.lastSeenMillis) sum.category = group.category;
  sum.state = stateTogether([sum.state, group.state]);
  sum.severity = severityTogether(sum.severity, group.severity);
  sum.count += group.count;
  sum.inWindow += group.inWindow;
  // Some may be the same users: there are at least as many as on one instance.
  sum.hasMoreUsers ||= group.hasMoreUsers || (sum.users > 0 && group.users > 0);
  sum.users = Math.max(sum.users, group.users);
  sum.firstSeenMillis = Math.min(sum.firstSeenMillis, group.firstSeenMillis);
  sum.lastSeenMillis = Math.max(sum.lastSeenMillis, group.lastSeenMillis);
  sum.happened = happenedTogether(sum.happened, group.happened);
  sum.fits ||= fits;
  sum.instances.push(instance);
}

/** The numbers of a group in their short form, by their names. */
export function numbersOf(tally: ErrorTally): GroupNumbers {
  const [id, state, category, severity, count, inWindow, users, hasMoreUsers, ...rest] = tally;
  const [firstSeenMillis, lastSeenMillis, happened] = rest;
  return {
    id,
    state,
    category,
    severity,
    count,
    inWindow,
    users,
    hasMoreUsers,
    firstSeenMillis,
    lastSeenMillis,
    happened,
  };
}
