import { isoMillis } from '../../../core/isoTime.ts';
import type { CapturedError } from '../../../errors/capturedError.ts';
import type { ErrorGroupSnapshot, GroupOverride, ResolutionChange } from '../../../errors/errorGroupSnapshot.ts';
import type { ErrorTracker } from '../../../errors/errorTracker.ts';
import { shownName, shownValue } from '../../foreignText.ts';
import {
  type ErrorDetailPart,
  type ErrorDetailQuery,
  type GroupFacts,
  type GroupResolutionChange,
  MOST_EVENTS,
  MOST_USERS,
} from './errorDetailSchema.ts';
import { eventOf, eventSummaryOf, keyedEvents } from './eventOf.ts';

const MOST_NAME_LENGTH = 200;
const MOST_CULPRIT_LENGTH = 1000;
const MOST_MESSAGE_LENGTH = 4096;

/**
 * All that an instance knows of a group.
 *
 * @param ownKey - of the event that is asked for, where it is one of this instance's
 */
export async function detailOf(
  errors: ErrorTracker,
  { id, window }: ErrorDetailQuery,
  ownKey: string | undefined,
): Promise<ErrorDetailPart | undefined> {
  const snapshot = errors.groups.snapshot(id);
  if (snapshot === undefined) return undefined;
  const { statistics } = errors.groups;
  const events = keyedEvents(snapshot.events);
  const chosen = events.find(([key]) => key === ownKey) ?? events[0];
  const bars = statistics.timeline(window, id);
  return {
    group: factsOf(snapshot, statistics.group(id, window)?.errors ?? 0),
    userIds: [...statistics.users(id, MOST_USERS)],
    history: snapshot.history.map(changeOf),
    historyLeftOut: snapshot.historyLeftOut,
    course: {
      startMillis: bars[0] === undefined ? 0 : isoMillis(bars[0].startedAt),
      sliceMillis: bars[0]?.sliceMillis ?? 1,
      errors: bars.map((bar) => bar.errors),
    },
    events: events.slice(0, MOST_EVENTS).map(([key, event]) => eventSummaryOf(key, event)),
    ...(chosen && { event: await eventOf(chosen[0], chosen[1], (error) => errors.explain(error)) }),
  };
}

function factsOf(group: ErrorGroupSnapshot, inWindow: number): GroupFacts {
  const { code, culprit, categoryOverride, severityOverride, spike, firstRelease, lastRelease } = group;
  const { id, category, severity, state, isRegressed, count, users, hasMoreUsers, inOtherReleases } = group;
  return {
    id,
    type: shownName(group.type, MOST_NAME_LENGTH),
    message: shownValue(group.message, MOST_MESSAGE_LENGTH),
    ...(code !== undefined && { code: shownName(code, MOST_NAME_LENGTH) }),
    ...(culprit !== undefined && { culprit: shownName(culprit, MOST_CULPRIT_LENGTH) }),
    category,
    severity,
    ...(categoryOverride && { categoryGiven: givenOf(categoryOverride) }),
    ...(severityOverride && { severityGiven: givenOf(severityOverride) }),
    state,
    isRegressed,
    ...(spike && { spike: { ...spike } }),
    count,
    inWindow,
    users,
    hasMoreUsers,
    firstSeenMillis: isoMillis(group.firstSeenAt),
    lastSeenMillis: isoMillis(group.lastSeenAt),
    ...(firstRelease !== undefined && { firstRelease }),
    ...(lastRelease !== undefined && { lastRelease }),
    releases: group.releases.map((seen) => ({ ...seen, ...sinceOf(seen.release, group.events) })),
    inOtherReleases,
  };
}

/** The first error of each release is kept whole as long as there is room. */
function sinceOf(release: string, events: readonly CapturedError[]): { readonly sinceMillis?: number } {
  const times = events.filter((event) => event.release === release).map(({ atMillis }) => atMillis);
  return times.length === 0 ? {} : { sinceMillis: Math.min(...times) };
}

function givenOf<Value>({ to, at, by, note }: GroupOverride<Value>) {
  return { to, atMillis: isoMillis(at), ...saidOf(by, note) };
}

function changeOf({ from, to, at, by, note, release, until, untilCount }: ResolutionChange): GroupResolutionChange {
  return {
    from,
    to,
    atMillis: isoMillis(at),
    ...saidOf(by, note),
    ...(release !== undefined && { release: shownName(release, MOST_NAME_LENGTH) }),
    ...(until !== undefined && { untilMillis: isoMillis(until) }),
    ...(untilCount !== undefined && { untilCount }),
  };
}

function saidOf(by: string | undefined, note: string | undefined) {
  return {
    ...(by !== undefined && { by: shownName(by, MOST_NAME_LENGTH) }),
    ...(note !== undefined && { note: shownValue(note, MOST_CULPRIT_LENGTH) }),
  };
}
