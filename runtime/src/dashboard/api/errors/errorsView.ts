import type { ErrorTracker } from '../../../errors/errorTracker.ts';
import { isoMillis } from '../../../core/isoTime.ts';
import type { GroupTally, ListedGroup } from '../../../errors/groups/query/groupList.ts';
import { shownName } from '../../foreignText.ts';
import type { ViewSource } from '../../viewSource.ts';
import { inTurns } from '../../inTurns.ts';
import { defineView } from '../view.ts';
import { groupFilterOf } from './groupFilterOf.ts';
import {
  errorsPart,
  type ErrorsPart,
  errorsQuery,
  type ErrorsQuery,
  errorsResult,
  type ErrorTally,
  type ListedErrors,
} from './errorsSchema.ts';
import { errorsTogether } from './errorsTogether.ts';
import { mappedInTurns } from './mappedInTurns.ts';

/** A row shows no more; the group by itself shows all. */
const MOST_MESSAGE_LENGTH = 300;
const MOST_NAME_LENGTH = 200;

/** Groups of errors, and how errors came in a window. */
export const errorsView = defineView({
  path: 'errors',
  summary: 'Groups of errors, the newest, the most frequent or the worst first, and how errors came in a window',
  query: errorsQuery,
  part: errorsPart,
  result: errorsResult,
  read: async ({ observability: { errors }, instance }: ViewSource, query): Promise<ErrorsPart> => {
    if (errors === undefined) return {};
    const isAsked = query.instance === undefined || query.instance === instance.id;
    return { errors: isAsked ? await errorsOf(errors, query) : nothingIn(errors, query) };
  },
  merge: errorsTogether,
});

async function errorsOf({ groups }: ErrorTracker, query: ErrorsQuery): Promise<ListedErrors> {
  const { window, order, limit } = query;
  const list = await inTurns(groups.statistics.list(groupFilterOf(query), { window, order, limit }));
  const { errors, perMinute, newGroups, regressions, spikes, resolutions } = groups.statistics.over(window);
  const { age, count, memory, refused, shed } = groups.counts().ungrouped;
  return {
    groups: await mappedInTurns(list.groups, shownGroup),
    total: list.total,
    others: await mappedInTurns(list.others, tallyOf),
    figures: { errors, perMinute, newGroups, regressions, spikes, resolutions },
    course: courseOf(groups, query),
    ungrouped: age + count + memory + refused + shed,
  };
}

/** Another instance is asked for: its course alone says what slices there are. */
function nothingIn({ groups }: ErrorTracker, query: ErrorsQuery): ListedErrors {
  const { slices, ...course } = courseOf(groups, query);
  return {
    groups: [],
    total: 0,
    others: [],
    figures: { errors: 0, perMinute: 0, newGroups: 0, regressions: 0, spikes: 0, resolutions: 0 },
    course: { ...course, slices: slices.map(() => [0, 0, 0, 0]) },
    ungrouped: 0,
  };
}

function courseOf({ statistics }: ErrorTracker['groups'], { window }: ErrorsQuery): ListedErrors['course'] {
  const course = statistics.course(window);
  const [first] = course;
  return {
    startMillis: first === undefined ? 0 : isoMillis(first.startedAt),
    sliceMillis: first?.sliceMillis ?? 1,
    slices: course.map(({ errors, newGroups, regressions, spikes }) => [errors, newGroups, regressions, spikes]),
  };
}

function shownGroup({ type, message, code, culprit, spike, bars, releases, happened, ...group }: ListedGroup) {
  return {
    ...group,
    type: shownName(type, MOST_NAME_LENGTH),
    message: shownName(message, MOST_MESSAGE_LENGTH),
    ...(code !== undefined && { code: shownName(code, MOST_NAME_LENGTH) }),
    ...(culprit !== undefined && { culprit: shownName(culprit, MOST_NAME_LENGTH) }),
    ...(spike && { spike: { ...spike } }),
    releases: [...releases],
    happened: [...happened],
    bars: bars.map(([slice, errors]): [number, number] => [slice, errors]),
  };
}

function tallyOf(tally: GroupTally): ErrorTally {
  const { id, state, category, severity, count, inWindow, users, hasMoreUsers } = tally;
  const { firstSeenMillis, lastSeenMillis, happened } = tally;
  const named = [id, state, category, severity] as const;
  return [...named, count, inWindow, users, hasMoreUsers, firstSeenMillis, lastSeenMillis, [...happened]];
}
