import { ERROR_SEVERITIES } from '../../../errors/errorSeverity.ts';
import { total, totalOfParts } from '../totals.ts';
import type { InstancePart } from '../view.ts';
import { nearestSlice, sliceShift, slicesTogether } from './coursesTogether.ts';
import type {
  ErrorRow,
  ErrorsPart,
  ErrorsQuery,
  ErrorsResult,
  ErrorTotals,
  ListedErrors,
  WindowCourse,
} from './errorsSchema.ts';
import { type GroupSum, groupsTogether, numbersOf } from './groupsTogether.ts';

type ListedGroup = ListedErrors['groups'][number];
type Listing = InstancePart<ListedErrors>;

const MOST_RELEASES = 100;

/**
 * The groups of all instances, each once. Counts add up whatever is among the first of an instance and what is not. A group that
 * is among the first of no instance is not among the first of all, be it that all of them together have many errors of it.
 */
export function errorsTogether(parts: readonly InstancePart<ErrorsPart>[], query: ErrorsQuery): ErrorsResult {
  const off = parts.filter(({ part }) => part.errors === undefined).map(({ instance }) => instance.id);
  const listings = parts.flatMap(({ instance, part: { errors } }) => (errors ? [{ instance, part: errors }] : []));
  const { groups, total, totals } = listings.length === 1 ? ofOne(listings, query) : ofSeveral(listings, query);
  const course = courseTogether(listings);
  return {
    off,
    groups,
    total,
    totals,
    figures: figuresOf(listings, course),
    ...(course && { course }),
    ungrouped: totalOfParts(listings, ({ ungrouped }) => ungrouped),
    releases: releasesOf(groups),
  };
}

type Rows = Pick<ErrorsResult, 'groups' | 'total' | 'totals'>;

/** One instance knows it all, and in which order. */
function ofOne(listings: readonly Listing[], { limit }: ErrorsQuery): Rows {
  return {
    groups: listings.flatMap(({ instance, part }) =>
      part.groups.slice(0, limit).map((group) => ({ ...group, instances: [instance.id] })),
    ),
    total: totalOfParts(listings, (part) => part.total),
    totals: totalsOf(listings.flatMap(({ part }) => [...part.groups, ...part.others.map(numbersOf)])),
  };
}

function ofSeveral(listings: readonly Listing[], query: ErrorsQuery): Rows {
  const sums = [...groupsTogether(listings).values()];
  const fitting = sums.filter((one) => one.fits && isLike(one, query));
  const groups = rowsOf(listings, fitting).sort(byOrder(query.order)).slice(0, query.limit);
  return { groups, total: fitting.length, totals: totalsOf(sums) };
}

/** What is so on one instance may not be so on all. */
function isLike({ state, category, severity, happened }: GroupSum, query: ErrorsQuery): boolean {
  const isUnresolved = state === 'open' || state === 'acknowledged';
  return (
    (query.state === undefined || (query.state === 'unresolved' ? isUnresolved : query.state === state)) &&
    (query.happened === undefined || happened.includes(query.happened)) &&
    (query.category === undefined || query.category === category) &&
    (query.severity === undefined || query.severity === severity)
  );
}

function rowsOf(listings: readonly Listing[], fitting: readonly GroupSum[]): ErrorRow[] {
  const shown = new Map<string, readonly ListedGroup[]>();
  const [first] = listings;
  for (const { part } of listings) {
    const shift = first === undefined ? 0 : sliceShift(first.part.course, part.course);
    const length = first?.part.course.slices.length ?? 0;
    for (const group of part.groups) {
      const moved = shift === 0 ? group : { ...group, bars: movedBars(group.bars, shift, length) };
      const known = shown.get(group.id);
      shown.set(group.id, known === undefined ? [moved] : [...known, moved]);
    }
  }
  return fitting.flatMap((numbers) => {
    const groups = shown.get(numbers.id);
    return groups === undefined ? [] : [rowOf(numbers, groups)];
  });
}

function rowOf(sum: GroupSum, groups: readonly ListedGroup[]): ErrorRow {
  const { fits: _, ...numbers } = sum;
  const [newest, ...others] = [...groups].sort((a, b) => b.lastSeenMillis - a.lastSeenMillis) as [
    ListedGroup,
    ...ListedGroup[],
  ];
  if (others.length === 0) return { ...newest, ...numbers };
  const worst = groups.reduce<ListedGroup['spike']>(
    (spike, group) => (group.spike !== undefined && group.spike.count > (spike?.count ?? 0) ? group.spike : spike),
    undefined,
  );
  return {
    ...newest,
    ...numbers,
    isHandled: groups.every(({ isHandled }) => isHandled),
    isRegressed: groups.some(({ isRegressed }) => isRegressed),
    ...(worst && { spike: worst }),
    releases: [...new Set(groups.flatMap(({ releases }) => releases))],
    bars: barsTogether(groups.flatMap(({ bars }) => bars)),
  };
}

function movedBars(bars: ListedGroup['bars'], shift: number, length: number): ListedGroup['bars'] {
  return barsTogether(bars.map(([slice, errors]) => [nearestSlice(slice + shift, length), errors]));
}

function barsTogether(bars: ListedGroup['bars']): ListedGroup['bars'] {
  const sums = new Map<number, number>();
  for (const [slice, errors] of bars) sums.set(slice, (sums.get(slice) ?? 0) + errors);
  return [...sums].sort(([first], [second]) => first - second);
}

function byOrder(order: ErrorsQuery['order']): (a: ErrorRow, b: ErrorRow) => number {
  const valueOf = (row: ErrorRow): number => {
    if (order === 'lastSeen') return row.lastSeenMillis;
    if (order === 'firstSeen') return row.firstSeenMillis;
    return order === 'severity' ? ERROR_SEVERITIES.indexOf(row.severity) : row[order];
  };
  return (a, b) => valueOf(b) - valueOf(a) || b.lastSeenMillis - a.lastSeenMillis;
}

function totalsOf(groups: readonly Pick<GroupSum, 'state' | 'category' | 'severity' | 'happened'>[]): ErrorTotals {
  const totals: ErrorTotals = { groups: groups.length, category: {}, severity: {}, state: {}, happened: {} };
  for (const { category, severity, state, happened } of groups) {
    totals.category[category] = (totals.category[category] ?? 0) + 1;
    totals.severity[severity] = (totals.severity[severity] ?? 0) + 1;
    totals.state[state] = (totals.state[state] ?? 0) + 1;
    for (const name of happened) totals.happened[name] = (totals.happened[name] ?? 0) + 1;
  }
  return totals;
}

function figuresOf(listings: readonly Listing[], course: WindowCourse | undefined): ErrorsResult['figures'] {
  const trend = course && trendOf(course);
  return {
    errors: totalOfParts(listings, ({ figures }) => figures.errors),
    perMinute: totalOfParts(listings, ({ figures }) => figures.perMinute),
    newGroups: totalOfParts(listings, ({ figures }) => figures.newGroups),
    regressions: totalOfParts(listings, ({ figures }) => figures.regressions),
    spikes: totalOfParts(listings, ({ figures }) => figures.spikes),
    resolutions: totalOfParts(listings, ({ figures }) => figures.resolutions),
    ...(trend !== undefined && { trend }),
  };
}

/** Without the last slice, which is not over. */
function trendOf({ slices }: WindowCourse): number | undefined {
  const over = slices.slice(0, -1).map(([errors]) => errors);
  const half = Math.floor(over.length / 2);
  const older = total(over.slice(0, half));
  return older === 0 ? undefined : total(over.slice(-half)) / older;
}

function courseTogether(listings: readonly Listing[]): WindowCourse | undefined {
  const [first] = listings;
  if (first === undefined) return undefined;
  const slices = slicesTogether(listings.map(({ part }) => part.course));
  const { startMillis, sliceMillis } = first.part.course;
  return {
    startMillis,
    sliceMillis,
    slices: slices.map(([errors = 0, begun = 0, back = 0, spikes = 0]) => [errors, begun, back, spikes]),
  };
}

function releasesOf(groups: readonly ErrorRow[]): string[] {
  return [...new Set(groups.flatMap(({ releases }) => releases))].slice(0, MOST_RELEASES);
}
