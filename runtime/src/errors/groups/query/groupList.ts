import type { ErrorCategory } from '../../errorCategory.ts';
import type { ErrorSpike, ResolutionState } from '../../errorGroupSnapshot.ts';
import { ERROR_SEVERITIES, type ErrorSeverity } from '../../errorSeverity.ts';
import type { GroupRecord } from '../store/groupRecord.ts';
import { type ErrorGroupFilter, fitsGroup } from './groupFilter.ts';
import { type GroupHappening, happenedTo } from './groupHappenings.ts';

/** How many groups are looked at in a step: less than a millisecond. */
const STEP_GROUPS = 250;

/** Every order of a list. */
export const LIST_ORDERS = ['lastSeen', 'firstSeen', 'count', 'inWindow', 'users', 'severity'] as const;

/** The order of a list: the newest, the most or the worst first; where these are the same, the one seen last. */
export type ListOrder = (typeof LIST_ORDERS)[number];

/** What groups of a list are like, beside what a filter says. */
export interface GroupListFilter extends ErrorGroupFilter {
  /** Those that are open or acknowledged, or those that are not. */
  readonly isUnresolved?: boolean;
  /** Those of which every error since they were opened was handled, or those of which one was not. */
  readonly isHandled?: boolean;
  /** Those that were seen in the window. */
  readonly isInWindow?: boolean;
  /** Those to which this happened in the window. */
  readonly happened?: GroupHappening;
}

/** What is told of every group: enough to add it to what other processes tell of the same. */
export interface GroupTally {
  readonly id: string;
  readonly state: ResolutionState;
  readonly category: ErrorCategory;
  readonly severity: ErrorSeverity;
  readonly count: number;
  /** Errors in the window. */
  readonly inWindow: number;
  readonly users: number;
  /** Whether there are users that are not told apart. */
  readonly hasMoreUsers: boolean;
  /** Milliseconds since 1970, as the clock was. */
  readonly firstSeenMillis: number;
  readonly lastSeenMillis: number;
  /** What happened to it in the window. */
  readonly happened: readonly GroupHappening[];
}

/** A group in a list. */
export interface ListedGroup extends GroupTally {
  readonly type: string;
  readonly message: string;
  readonly code?: string;
  readonly culprit?: string;
  readonly isHandled: boolean;
  readonly isRegressed: boolean;
  readonly spike?: ErrorSpike;
  /** The first 20 in which it was seen. */
  readonly releases: readonly string[];
  /** Of the newest error that is kept whole. */
  readonly traceId?: string;
  readonly sampled?: boolean;
  /** Slices of the window in which there were errors: which one, from 0 for the oldest, and how many. */
  readonly bars: readonly (readonly [slice: number, errors: number])[];
}

/** Groups that are like what was asked for. */
export interface GroupList {
  /** The first ones of the order. */
  readonly groups: readonly ListedGroup[];
  /** How many there are that fit. */
  readonly total: number;
  /** All others that are kept, whether they fit or not. */
  readonly others: readonly GroupTally[];
}

/** How a list is made. */
export interface GroupListQuery {
  readonly filter: GroupListFilter;
  readonly order: ListOrder;
  readonly limit: number;
  /** Where the window begins and where it ends, by a clock that never goes back. */
  readonly fromMillis: number;
  readonly nowMillis: number;
  readonly sliceMillis: number;
  /** Of the last group that began before: those that come meanwhile are not looked at, or it might never end. */
  readonly lastNumber: number;
}

interface Entry {
  readonly record: GroupRecord;
  readonly inWindow: number;
  readonly happened: readonly GroupHappening[];
  readonly place: number;
}

/** Lists groups step by step. What is let go of between steps is told of as it was; what comes is left out. */
export function* listGroups(groups: Iterable<GroupRecord>, query: GroupListQuery): Generator<undefined, GroupList> {
  const { order, limit, lastNumber } = query;
  const fitting: Entry[] = [];
  const unfitting: Entry[] = [];
  let visited = 0;
  for (const record of groups) {
    if (record.number > lastNumber) break;
    const inWindow = errorsSince(record, query.fromMillis);
    const happened = happenedTo(record, query.fromMillis);
    const list = fits(record, query.filter, { inWindow, happened }) ? fitting : unfitting;
    list.push({ record, inWindow, happened, place: placeIn(order, record, inWindow) });
    visited += 1;
    if (visited % STEP_GROUPS === 0) yield undefined;
  }
  fitting.sort((first, second) => second.place - first.place || second.record.lastNumber - first.record.lastNumber);
  yield undefined;
  return {
    groups: yield* mapped(fitting.slice(0, limit), (entry) => listedGroup(entry, query)),
    total: fitting.length,
    others: yield* mapped([...fitting.slice(limit), ...unfitting], tallyOf),
  };
}

function* mapped<Result>(
  entries: readonly Entry[],
  resultOf: (entry: Entry) => Result,
): Generator<undefined, readonly Result[]> {
  const results: Result[] = [];
  for (const entry of entries) {
    results.push(resultOf(entry));
    if (results.length % STEP_GROUPS === 0) yield undefined;
  }
  return results;
}

/** Without moving what has grown old: nothing begins later by that. */
function errorsSince({ slices, lastSeenMillis }: GroupRecord, fromMillis: number): number {
  if (lastSeenMillis < fromMillis) return 0;
  let errors = 0;
  for (const { startMillis, content } of slices.slices()) if (startMillis >= fromMillis) errors += content.errors;
  return errors;
}

function fits(
  record: GroupRecord,
  filter: GroupListFilter,
  { inWindow, happened }: Pick<Entry, 'inWindow' | 'happened'>,
): boolean {
  const { isUnresolved, isHandled, isInWindow } = filter;
  const { state } = record.resolution;
  return (
    (isUnresolved === undefined || isUnresolved === (state === 'open' || state === 'acknowledged')) &&
    (isHandled === undefined || isHandled === (record.unhandled === 0)) &&
    (isInWindow === undefined || isInWindow === inWindow > 0) &&
    (filter.happened === undefined || happened.includes(filter.happened)) &&
    fitsGroup(record, filter)
  );
}

function placeIn(order: ListOrder, record: GroupRecord, inWindow: number): number {
  switch (order) {
    case 'lastSeen':
      return record.lastNumber;
    case 'firstSeen':
      return record.number;
    case 'count':
      return record.count;
    case 'inWindow':
      return inWindow;
    case 'users':
      return record.users.count;
    case 'severity':
      return ERROR_SEVERITIES.indexOf(record.severity);
  }
}

function tallyOf({ record, inWindow, happened }: Entry): GroupTally {
  return {
    id: record.id,
    state: record.resolution.state,
    category: record.category,
    severity: record.severity,
    count: record.count,
    inWindow,
    users: record.users.count,
    hasMoreUsers: record.users.hasMore,
    firstSeenMillis: record.firstSeenWallMillis,
    lastSeenMillis: record.lastSeenWallMillis,
    happened,
  };
}

function listedGroup(entry: Entry, query: GroupListQuery): ListedGroup {
  const { record } = entry;
  const { type, message, code, culprit, spike, resolution, releases } = record;
  const { traceId, sampled } = record.events.newestFirst()[0] ?? {};
  return {
    ...tallyOf(entry),
    type,
    message,
    ...(code !== undefined && { code }),
    ...(culprit !== undefined && { culprit }),
    isHandled: record.unhandled === 0,
    isRegressed: resolution.isRegressed,
    ...(spike && { spike }),
    releases: releases.entries().map(([release]) => release),
    ...(traceId !== undefined && { traceId }),
    ...(sampled !== undefined && { sampled }),
    bars: entry.inWindow === 0 ? [] : barsOf(record, query),
  };
}

function barsOf({ slices }: GroupRecord, { fromMillis, sliceMillis }: GroupListQuery): (readonly [number, number])[] {
  const bars = new Map<number, number>();
  for (const { startMillis, content } of slices.slices()) {
    const slice = Math.floor((startMillis - fromMillis) / sliceMillis);
    if (slice >= 0) bars.set(slice, (bars.get(slice) ?? 0) + content.errors);
  }
  return [...bars].sort(([first], [second]) => first - second);
}
