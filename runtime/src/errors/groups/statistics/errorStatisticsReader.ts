import type { HostProcess } from '../../../core/hostProcess.ts';
import { isoTime } from '../../../core/isoTime.ts';
import { checkOneOf } from '../../../core/query/checkOneOf.ts';
import { checkPageLimit } from '../../../core/query/pageLimit.ts';
import { ERROR_CATEGORIES } from '../../errorCategory.ts';
import { ERROR_SEVERITIES } from '../../errorSeverity.ts';
import { soughtGroups } from '../query/groupFilter.ts';
import { GROUP_HAPPENINGS } from '../query/groupHappenings.ts';
import { type GroupList, type GroupListFilter, LIST_ORDERS, listGroups, type ListOrder } from '../query/groupList.ts';
import { type ErrorOfRequest, errorsOfRequest } from '../query/errorsOfRequest.ts';
import type { GroupRecord } from '../store/groupRecord.ts';
import type { GroupRoom } from '../store/groupRoom.ts';
import { type BookEntry, byName, type ErrorBook } from './errorBook.ts';
import { ErrorSlice } from './errorSlice.ts';
import type { ErrorBar, ErrorCourseBar, ErrorFigures, ErrorStatistics, GroupStatistics } from './errorStatistics.ts';
import { groupsAtAGlance, type GlanceQuery, type GroupsAtAGlance } from './groupsAtAGlance.ts';
import { ERROR_WINDOWS, errorSliceMillis, type ErrorWindow, errorWindowStart } from './errorWindows.ts';

const MINUTE_MILLIS = 60_000;
/** Rates of less are of no use: a single error would be sixty a minute. */
const SHORTEST_MILLIS = 1000;
const DEFAULT_LIMIT = 20;
/** As many groups as are kept at most. */
const MOST_LISTED = 10_000;

/** What a reader reads. */
export interface ErrorStatisticsSources {
  readonly book: ErrorBook;
  readonly room: GroupRoom;
  readonly host: Pick<HostProcess, 'monotonicMillis' | 'wallMillis'>;
}

/** Tells how many errors there were, how they came, and what became of them. */
export class ErrorStatisticsReader {
  readonly #book: ErrorBook;
  readonly #room: GroupRoom;
  readonly #host: Pick<HostProcess, 'monotonicMillis' | 'wallMillis'>;
  readonly #startedMillis: number;

  constructor({ book, room, host }: ErrorStatisticsSources) {
    this.#book = book;
    this.#room = room;
    this.#host = host;
    this.#startedMillis = host.monotonicMillis();
  }

  /** What happened in a window, up to now. @throws RangeError for a window that is none */
  over(window: ErrorWindow): ErrorStatistics {
    const { fromMillis, nowMillis, windowMillis } = this.#reach(window);
    const entries = this.#book.since(fromMillis, nowMillis);
    const sumOf = (fits: (entry: BookEntry) => boolean): ErrorFigures => figuresOf(entries.filter(fits), windowMillis);
    return Object.freeze({
      window,
      windowMillis,
      ...sumOf(() => true),
      byCategory: byName(ERROR_CATEGORIES, (name) => sumOf(({ category }) => category === name)),
      bySeverity: byName(ERROR_SEVERITIES, (name) => sumOf(({ severity }) => severity === name)),
    });
  }

  /**
   * The groups with the most errors in a window, these first; none of those without any.
   *
   * @param limit - most groups, 1 to 1000
   * @throws RangeError for a window that is none, or a limit out of its range
   */
  groups(window: ErrorWindow, limit: number = DEFAULT_LIMIT): readonly GroupStatistics[] {
    checkPageLimit(limit);
    const reach = this.#reach(window);
    return [...this.#room.store.all()]
      .map((record) => groupStatistics(record, reach))
      .filter(({ errors }) => errors > 0)
      .sort((first, second) => second.errors - first.errors)
      .slice(0, limit);
  }

  /** What happened to a group in a window; `undefined` where it is not kept. @throws RangeError for a window that is none */
  group(id: string, window: ErrorWindow): GroupStatistics | undefined {
    const reach = this.#reach(window);
    const record = this.#room.store.get(id);
    return record && groupStatistics(record, reach);
  }

  /**
   * The errors of a window slice by slice, the oldest first: of 10 seconds for `1m` and `5m`, 5 minutes for `1h`, an hour for
   * `24h`, 6 hours for `7d`. Of all errors, or of a group: of one that is not kept, there were none.
   *
   * @throws RangeError for a window that is none
   */
  timeline(window: ErrorWindow, groupId?: string): readonly ErrorBar[] {
    const { fromMillis, nowMillis } = this.#reach(window);
    const sliceMillis = errorSliceMillis(window);
    const counts = new Map<number, number>();
    for (const { startMillis, content } of this.#slices(groupId)) {
      const slice = Math.floor(startMillis / sliceMillis) * sliceMillis;
      counts.set(slice, (counts.get(slice) ?? 0) + content.errors);
    }
    const aheadMillis = this.#host.wallMillis() - nowMillis;
    const bars: ErrorBar[] = [];
    for (let slice = fromMillis; slice <= nowMillis; slice += sliceMillis)
      bars.push(
        Object.freeze({ startedAt: isoTime(slice + aheadMillis), sliceMillis, errors: counts.get(slice) ?? 0 }),
      );
    return bars;
  }

  /**
   * What there is of groups, as far as it fits on one screen. In steps of about a millisecond: who goes from one to the next lets
   * others have their turn in between. The last one returns it.
   *
   * @param windowMillis - for how long what came is new
   * @throws RangeError for a limit out of its range
   */
  atAGlance({
    windowMillis,
    release,
    limit = DEFAULT_LIMIT,
  }: Omit<GlanceQuery, 'sinceMillis' | 'limit'> & {
    readonly windowMillis: number;
    readonly limit?: number;
  }): Generator<undefined, GroupsAtAGlance> {
    checkPageLimit(limit);
    const nowMillis = this.#host.monotonicMillis();
    const query = { sinceMillis: nowMillis - windowMillis, release, limit };
    return groupsAtAGlance(this.#room.store.all(), query, nowMillis, this.#host.wallMillis() - nowMillis);
  }

  /**
   * The errors of a window slice by slice, as `timeline` has them, with what else happened in each: groups that began, groups
   * that came back after they were resolved, and spikes that began.
   *
   * @throws RangeError for a window that is none
   */
  course(window: ErrorWindow): readonly ErrorCourseBar[] {
    const { fromMillis } = this.#reach(window);
    const sliceMillis = errorSliceMillis(window);
    const sums = new Map<number, ErrorSlice>();
    for (const { startMillis, content } of this.#book.slices()) {
      const index = Math.floor((startMillis - fromMillis) / sliceMillis);
      const sum = sums.get(index) ?? new ErrorSlice();
      sum.merge(content);
      sums.set(index, sum);
    }
    return this.timeline(window).map((bar, index) => {
      const { newGroups, regressions, spikes } = sums.get(index) ?? new ErrorSlice();
      return Object.freeze({ ...bar, newGroups, regressions, spikes });
    });
  }

  /**
   * All groups with what they did in a window: those that fit with what a list shows of them, the others as numbers only. Made
   * step by step, for it takes milliseconds: whoever asks lets others have their turn between steps.
   *
   * @param query - the window, the order, and how many groups are shown, 1 to 10,000
   * @throws RangeError for a window, an order, a happening or a limit that is none, and for a filter of unknown keys or values
   */
  list(
    { isUnresolved, isHandled, isInWindow, happened, ...filter }: GroupListFilter,
    query: { readonly window: ErrorWindow; readonly order: ListOrder; readonly limit: number },
  ): Generator<undefined, GroupList> {
    const { window, order, limit } = query;
    const { fromMillis, nowMillis } = this.#reach(window);
    checkOneOf('order', order, LIST_ORDERS);
    checkOneOf('happened', happened, GROUP_HAPPENINGS);
    if (!Number.isInteger(limit) || limit < 1 || limit > MOST_LISTED)
      throw new RangeError(`limit is ${limit}; allowed: a whole number from 1 to ${MOST_LISTED}`);
    return listGroups(this.#room.store.all(), {
      filter: {
        ...soughtGroups(filter),
        ...(isUnresolved !== undefined && { isUnresolved }),
        ...(isHandled !== undefined && { isHandled }),
        ...(isInWindow !== undefined && { isInWindow }),
        ...(happened !== undefined && { happened }),
      },
      order,
      limit,
      fromMillis,
      nowMillis,
      sliceMillis: errorSliceMillis(window),
      lastNumber: this.#room.startedCount,
    });
  }

  /** The users that a group hit, those that it hit first first; of those that are told apart. None of one that is not kept. */
  users(id: string, limit: number): readonly string[] {
    return this.#room.store.get(id)?.users.first(limit) ?? [];
  }

  /**
   * The errors of a request, of those that are kept whole, the oldest first. In steps of less than a millisecond: who goes from
   * one to the next lets others have their turn in between. The last one returns them.
   *
   * @param sinceMillis - when the request started, in milliseconds since 1970: groups that were not seen since have none
   */
  ofRequest(requestId: string, sinceMillis: number): Generator<undefined, readonly ErrorOfRequest[]> {
    return errorsOfRequest(this.#room.store.all(), requestId, sinceMillis);
  }

  #slices(groupId: string | undefined) {
    if (groupId === undefined) return this.#book.slices();
    return this.#room.store.get(groupId)?.slices.slices() ?? [];
  }

  #reach(window: ErrorWindow): Reach {
    checkOneOf('window', window, ERROR_WINDOWS);
    const nowMillis = this.#host.monotonicMillis();
    const fromMillis = errorWindowStart(window, nowMillis);
    const windowMillis = Math.max(SHORTEST_MILLIS, nowMillis - Math.max(fromMillis, this.#startedMillis));
    return { fromMillis, nowMillis, windowMillis };
  }
}

interface Reach {
  readonly fromMillis: number;
  readonly nowMillis: number;
  readonly windowMillis: number;
}

function groupStatistics(record: GroupRecord, { fromMillis, nowMillis, windowMillis }: Reach): GroupStatistics {
  const { errors } = record.slices.since(fromMillis, nowMillis);
  return Object.freeze({
    id: record.id,
    errors,
    perMinute: (errors * MINUTE_MILLIS) / windowMillis,
    isNew: record.firstSeenMillis >= fromMillis,
    isRegressed: record.resolution.isRegressed,
    ...(record.spike && { spike: record.spike }),
  });
}

function figuresOf(entries: readonly BookEntry[], windowMillis: number): ErrorFigures {
  const sum = new ErrorSlice();
  for (const entry of entries) sum.merge(entry.sum);
  const { errors, shed, newGroups, regressions, spikes, resolutions, resolveMillis } = sum;
  return Object.freeze({
    errors,
    perMinute: (errors * MINUTE_MILLIS) / windowMillis,
    shed,
    newGroups,
    regressions,
    spikes,
    resolutions,
    ...(resolutions > 0 && { meanMillisToResolve: resolveMillis / resolutions }),
  });
}
