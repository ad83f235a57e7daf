import { total, totalOfParts } from '../totals.ts';
import type { InstancePart } from '../view.ts';
import { slicesTogether } from './coursesTogether.ts';
import type { ErrorDetailPart, ErrorDetailQuery, ErrorDetailResult, GroupFacts } from './errorDetailSchema.ts';
import { severityTogether, stateTogether } from './groupsTogether.ts';
import { historyTogether } from './historyTogether.ts';

type Part = InstancePart<ErrorDetailPart>;

/** What an event is asked for by: its key on its instance, and which that is. */
function eventKey(key: string, instance: string): string {
  return `${key}@${instance}`;
}

/** The key on this instance of the event that is asked for; `undefined` where that is another's, or none is. */
export function ownEventKey(asked: string | undefined, instance: string): string | undefined {
  const end = `@${instance}`;
  return asked?.endsWith(end) ? asked.slice(0, -end.length) : undefined;
}

/** A group, as all instances together know it. */
export function detailTogether(parts: readonly Part[], query: ErrorDetailQuery): ErrorDetailResult {
  const newest = parts.toSorted((a, b) => b.part.group.lastSeenMillis - a.part.group.lastSeenMillis);
  const userIds = [...new Set(parts.flatMap(({ part }) => part.userIds))];
  const event = eventOf(newest, query.event);
  const [first] = parts;
  return {
    group: { ...factsTogether(newest), ...usersTogether(parts, userIds) },
    instances: parts.map(({ instance: { id, version, sinceMillis }, part: { group } }) => ({
      id,
      ...(version !== undefined && { version }),
      sinceMillis,
      state: group.state,
      count: group.count,
      inWindow: group.inWindow,
    })),
    userIds,
    history: historyTogether(parts),
    historyLeftOut: totalOfParts(parts, ({ historyLeftOut }) => historyLeftOut),
    course: {
      startMillis: first?.part.course.startMillis ?? 0,
      sliceMillis: first?.part.course.sliceMillis ?? 1,
      errors: coursesTogether(parts),
    },
    events: parts
      .flatMap(({ instance: { id }, part }) =>
        part.events.map((one) => ({ ...one, key: eventKey(one.key, id), instance: id })),
      )
      .sort((a, b) => b.atMillis - a.atMillis),
    ...(event && { event }),
  };
}

function coursesTogether(parts: readonly Part[]): number[] {
  const courses = parts.map(({ part: { course } }) => ({ ...course, slices: course.errors.map((errors) => [errors]) }));
  return slicesTogether(courses).map(([errors = 0]) => errors);
}

/** The one that was asked for, or else the newest. */
function eventOf(parts: readonly Part[], asked: string | undefined): ErrorDetailResult['event'] {
  const events = parts.flatMap(({ instance: { id }, part: { event } }) =>
    event === undefined ? [] : [{ ...event, key: eventKey(event.key, id), instance: id }],
  );
  return events.find(({ key }) => key === asked) ?? events.toSorted((a, b) => b.atMillis - a.atMillis)[0];
}

/** @param newest - the instance that saw it last first: it knows best what it is about */
function factsTogether(newest: readonly Part[]): GroupFacts {
  const groups = newest.map(({ part: { group } }) => group);
  const [latest, ...others] = groups as [GroupFacts, ...GroupFacts[]];
  if (others.length === 0) return latest;
  const oldest = groups.reduce((found, group) => (group.firstSeenMillis < found.firstSeenMillis ? group : found));
  const spikes = groups.flatMap(({ spike }) => spike ?? []).sort((a, b) => b.count - a.count);
  const { spike: _, firstRelease: __, ...known } = latest;
  return {
    ...known,
    ...(oldest.firstRelease !== undefined && { firstRelease: oldest.firstRelease }),
    ...(spikes[0] && { spike: spikes[0] }),
    severity: groups.map(({ severity }) => severity).reduce(severityTogether),
    state: stateTogether(groups.map(({ state }) => state)),
    isRegressed: groups.some(({ isRegressed }) => isRegressed),
    count: total(groups.map(({ count }) => count)),
    inWindow: total(groups.map(({ inWindow }) => inWindow)),
    firstSeenMillis: oldest.firstSeenMillis,
    releases: releasesTogether(groups),
    inOtherReleases: total(groups.map(({ inOtherReleases }) => inOtherReleases)),
  };
}

/** In the order in which they were seen first, as far as that is known. */
function releasesTogether(groups: readonly GroupFacts[]): GroupFacts['releases'] {
  const seen = new Map<string, GroupFacts['releases'][number]>();
  for (const { release, count, sinceMillis } of groups.flatMap(({ releases }) => releases)) {
    const known = seen.get(release);
    const times = [known?.sinceMillis, sinceMillis].filter((time) => time !== undefined);
    seen.set(release, {
      release,
      count: (known?.count ?? 0) + count,
      ...(times.length > 0 && { sinceMillis: Math.min(...times) }),
    });
  }
  return [...seen.values()].sort((a, b) => (a.sinceMillis ?? 0) - (b.sinceMillis ?? 0));
}

/** Exact where all users are named; else those named are the least there are. */
function usersTogether(parts: readonly Part[], userIds: readonly string[]) {
  const areAllNamed = parts.every(({ part }) => !part.group.hasMoreUsers && part.userIds.length === part.group.users);
  const most = Math.max(...parts.map(({ part }) => part.group.users));
  if (parts.length === 1) return {};
  return areAllNamed
    ? { users: userIds.length, hasMoreUsers: false }
    : { users: Math.max(most, userIds.length), hasMoreUsers: true };
}
