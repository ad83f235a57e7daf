import { random } from '../../core/adapters/random.ts';
import type { Dispose, HostProcess } from '../../core/hostProcess.ts';
import { neverThrowing } from '../../core/neverThrowing.ts';
import { checkOneOf } from '../../core/query/checkOneOf.ts';
import { checkPageLimit } from '../../core/query/pageLimit.ts';
import { TextRedactor } from '../../core/textRedactor.ts';
import { toError } from '../../core/toError.ts';
import type { CapturedError } from '../capturedError.ts';
import { ERROR_CATEGORIES, type ErrorCategory } from '../errorCategory.ts';
import type { ErrorGroupSnapshot } from '../errorGroupSnapshot.ts';
import { ERROR_SEVERITIES, type ErrorSeverity } from '../errorSeverity.ts';
import type { ErrorGroupChange } from './errorGroupChange.ts';
import type { ErrorGroupListener } from './errorGroupListener.ts';
import { errorCountsOf } from './statistics/errorCountsOf.ts';
import { type ErrorGroupsConfig, type ErrorGroupsOptions, resolveErrorGroupsOptions } from './errorGroupsOptions.ts';
import { GroupListeners } from './groupListeners.ts';
import { groupSnapshotOf } from './groupSnapshotOf.ts';
import { amended, type LearntError } from './learntError.ts';
import { findGroups } from './query/findGroups.ts';
import { type ErrorGroupFilter, soughtGroups } from './query/groupFilter.ts';
import { type ErrorGroupPage, GROUP_ORDERS, type GroupPageQuery } from './query/groupPage.ts';
import { GroupPlaces } from './query/groupPlaces.ts';
import { GroupResolver } from './resolution/groupResolver.ts';
import type { ChangeOptions, IgnoreOptions, ResolveOptions } from './resolution/resolveOptions.ts';
import { GroupArchive } from './saved/groupArchive.ts';
import type { RestoreResult, SavedErrorGroups } from './saved/savedErrorGroups.ts';
import { SeverityJudge } from './severity/severityJudge.ts';
import { ErrorBook } from './statistics/errorBook.ts';
import type { ErrorCounts } from './statistics/errorStatistics.ts';
import { ErrorStatisticsReader } from './statistics/errorStatisticsReader.ts';
import { SpikeWatch } from './statistics/spikeWatch.ts';
import type { GroupedAs, GroupRecord } from './store/groupRecord.ts';
import { GroupRoom } from './store/groupRoom.ts';
import type { UnseenError } from './unseenError.ts';
import { UnknownErrorGroupError } from './unknownErrorGroupError.ts';

const DEFAULT_PAGE = 50;

/** What `ErrorGroups` needs from outside. */
export interface ErrorGroupsPorts {
  /** Clocks and timers. */
  readonly host: Pick<HostProcess, 'wallMillis' | 'monotonicMillis' | 'schedule'>;
  /** Gets what listeners and rules throw. */
  readonly onError: (error: Error) => void;
  /**
   * Takes secrets and personal data out of what people note.
   * @defaultValue one with the runtime's rules
   */
  readonly textRedactor?: Pick<TextRedactor, 'redact'>;
  /** A number from 0 to below 1: tells the cursors of this process from those of others. @defaultValue a random one */
  readonly random?: () => number;
}

/**
 * Groups of errors that have one cause: how often each came, a sample of whole events, the users and releases that it hit, how
 * bad it is, and what people made of it.
 *
 * Bounded by groups, events and bytes; whatever is let go of, the counts are exact (`counts()`). A timer cleans up, opens what
 * was ignored until a time, and looks for spikes, until `stop()`; it keeps no process alive. Counts and order do not depend on
 * the wall clock.
 */
export class ErrorGroups {
  /** What is in force. */
  readonly config: ErrorGroupsConfig;
  /** Rates, what is new, regressed or spiking, over windows. */
  readonly statistics: ErrorStatisticsReader;
  /** Saves groups step by step, for who gives other work a turn between. */
  readonly archive: GroupArchive;
  readonly #host: ErrorGroupsPorts['host'];
  readonly #room: GroupRoom;
  readonly #book = new ErrorBook();
  readonly #resolver: GroupResolver;
  readonly #judge: SeverityJudge;
  readonly #spikes: SpikeWatch;
  readonly #listeners: GroupListeners;
  readonly #places: GroupPlaces;
  #total = 0;
  #stopSweeping: Dispose = () => undefined;

  /** @throws ConfigurationError for options that are unknown or out of their range; it names each. */
  constructor(options: ErrorGroupsOptions, ports: ErrorGroupsPorts) {
    const { host, onError, textRedactor = new TextRedactor(), random: number = random } = ports;
    const tell = neverThrowing(onError);
    const nowMillis = host.monotonicMillis();
    this.config = resolveErrorGroupsOptions(options);
    this.#host = host;
    this.#room = new GroupRoom(this.config, nowMillis);
    this.#resolver = new GroupResolver(this.#room, { host, textRedactor });
    this.#judge = new SeverityJudge(this.config, (error) => tell(toError(error)));
    this.#spikes = new SpikeWatch(this.#room, this.config.falseAlarmsPerDay, nowMillis);
    this.#listeners = new GroupListeners(tell);
    this.#places = new GroupPlaces(number);
    this.archive = new GroupArchive(this.#room, {
      host,
      textRedactor,
      recur: (record, release) => void this.#resolver.recur(record, release, host.monotonicMillis()),
    });
    this.statistics = new ErrorStatisticsReader({ book: this.#book, room: this.#room, host });
    this.#sweepLater();
  }

  /** Counts an error, and keeps it whole where it is among the first or the sample. */
  add(captured: CapturedError, grouped: GroupedAs): ErrorGroupChange {
    const nowMillis = this.#host.monotonicMillis();
    this.#total += 1;
    const known = this.#room.store.get(grouped.id);
    const record = known ?? this.#room.admit(captured, grouped, nowMillis);
    return record === undefined
      ? this.#refuse(captured, grouped, nowMillis)
      : this.#count(record, captured, grouped, nowMillis);
  }

  /**
   * Counts an error that there was no time to look at, by class and code. It is in no group; statistics have it as `shed`, as one
   * of the category `unknown`.
   *
   * @returns the severity that it counts under, and which of all errors it is
   */
  addUnseen(type: string, code: string | undefined, isHandled: boolean): Pick<ErrorGroupChange, 'severity' | 'number'> {
    this.#total += 1;
    this.#room.shedUnseen(type, code);
    const severity = this.#judge.ofUnseen(isHandled);
    const slice = this.#book.at('unknown', severity, this.#host.monotonicMillis());
    slice.errors += 1;
    slice.shed += 1;
    return { severity, number: this.#total };
  }

  /**
   * An error that was counted only (`addUnseen`) is looked at after all, as it ends the process. It gets a group where there is
   * none of its kind, and is among its errors then and none of those that were shed; statistics and totals have it as it came.
   * A group that is there becomes as bad as it, and does not count it.
   *
   * @returns the category of its new group; `undefined` where it did not get one
   */
  lookAtUnseen(captured: CapturedError, grouped: GroupedAs, unseen: UnseenError): ErrorCategory | undefined {
    const { id } = grouped;
    if (this.#room.store.get(id) !== undefined) {
      this.amend({ id, number: undefined, captured, wasHandled: false, category: undefined, isWrapper: false });
      return undefined;
    }
    const nowMillis = this.#host.monotonicMillis();
    const record = this.#room.admit(captured, grouped, nowMillis);
    if (record === undefined) return undefined;
    this.#room.takeUnseen(unseen);
    return this.#count(record, captured, grouped, nowMillis, unseen.number).category;
  }

  /**
   * More is known of an error that was counted already. Its group becomes as bad as that, or as good, and its event, where it is
   * kept whole, says so from now on. Nothing is counted: counts, statistics and totals have it as what it was when it came.
   *
   * @returns the category of its group, `undefined` where that is not kept
   */
  amend(learnt: LearntError): ErrorCategory | undefined {
    const { id, number, captured } = learnt;
    const record = this.#room.store.get(id);
    if (record === undefined) return undefined;
    const nowMillis = this.#host.monotonicMillis();
    const severityBefore = record.severity;
    const { events } = this.#room;
    const kept = number === undefined ? undefined : events.change(record, number, (event) => amended(event, learnt));
    record.learn(learnt);
    this.#room.store.revision += 1;
    this.#judge.judge(record, kept ?? captured, record.isOpenedByOnly(number), nowMillis);
    this.#room.store.measure(record);
    this.#room.makeRoom(nowMillis);
    this.#listeners.tellIfWorse(record, severityBefore);
    return record.category;
  }

  /** A group as it is now, or `undefined` where none of this ID is kept. */
  snapshot(id: string): ErrorGroupSnapshot | undefined {
    this.#resolver.openIgnored();
    const record = this.#room.store.get(id);
    return record && groupSnapshotOf(record);
  }

  /**
   * The groups that are like all that is asked for, the newest first. With the cursor of a page the next one is asked for.
   *
   * @throws InvalidCursorError for a cursor of other groups or of another order, RangeError for a limit out of its range, an
   * order that is none, and for a filter of unknown keys or values.
   */
  query(filter: ErrorGroupFilter = {}, query: GroupPageQuery = {}): ErrorGroupPage {
    const { limit = DEFAULT_PAGE, order = 'lastSeen', cursor } = query;
    checkPageLimit(limit);
    checkOneOf('order', order, GROUP_ORDERS);
    const sought = soughtGroups(filter);
    const highest = order === 'firstSeen' ? this.#room.startedCount : this.#total;
    const before = this.#places.read(order, cursor, highest, this.archive.restoredGroups);
    this.#resolver.openIgnored();
    const found = findGroups(this.#room.store.all(), sought, { limit, order, before });
    return this.#places.page(order, found, this.archive.restoredGroups);
  }

  /**
   * Somebody looks at an open group.
   *
   * @throws UnknownErrorGroupError where it is not kept, IllegalResolutionError where it is not open, ConfigurationError for
   * options that are not allowed.
   */
  acknowledge(id: string, options: ChangeOptions = {}): ErrorGroupSnapshot {
    return this.#changed(id, (record) => this.#resolver.change(record, 'acknowledged', options));
  }

  /**
   * The cause of a group is gone; it opens by itself if it comes back.
   *
   * @throws UnknownErrorGroupError where it is not kept, IllegalResolutionError where it is resolved already,
   * ConfigurationError for options that are not allowed.
   */
  resolve(id: string, options: ResolveOptions = {}): ErrorGroupSnapshot {
    return this.#changed(id, (record) => {
      this.#resolver.resolve(record, options);
      const { category, severity, resolution } = record;
      const { openedMillis, changedMillis } = resolution;
      const counted = { category, severity, atMillis: changedMillis, tookMillis: changedMillis - openedMillis };
      record.countedResolution = counted;
      this.#book.noteResolution(counted);
    });
  }

  /**
   * A group is not to be cared for, for good, until a time or until it has happened often enough.
   *
   * @throws UnknownErrorGroupError where it is not kept, IllegalResolutionError where it is ignored or resolved,
   * ConfigurationError for options that are not allowed.
   */
  ignore(id: string, options: IgnoreOptions = {}): ErrorGroupSnapshot {
    return this.#changed(id, (record) => this.#resolver.ignore(record, options));
  }

  /**
   * A group is open again, by somebody's hand. Where it was resolved, that is taken back: it does not count as a resolution, and
   * the time to resolve goes on from when the group came.
   *
   * @throws UnknownErrorGroupError where it is not kept, IllegalResolutionError where it is open, ConfigurationError for
   * options that are not allowed.
   */
  reopen(id: string, options: ChangeOptions = {}): ErrorGroupSnapshot {
    return this.#changed(id, (record) => {
      const { state } = record.resolution;
      this.#resolver.change(record, 'open', options);
      if (state !== 'resolved' || record.countedResolution === undefined) return;
      this.#book.takeBack(record.countedResolution);
      record.countedResolution = undefined;
    });
  }

  /**
   * Gives a group a category that nothing changes any more, not even what `capture` is told: its errors are counted under it from
   * now on, and their severity follows from it. With `undefined` it is about what its errors are about again.
   *
   * @throws UnknownErrorGroupError where it is not kept, RangeError for a category that is none, ConfigurationError for options
   * that are not allowed.
   */
  setCategory(id: string, category: ErrorCategory | undefined, options: ChangeOptions = {}): ErrorGroupSnapshot {
    checkOneOf('category', category, ERROR_CATEGORIES);
    return this.#overridden(id, 'category', (record) => {
      record.categoryOverride = this.#resolver.override(category, options);
    });
  }

  /**
   * Gives a group a severity that nothing changes any more, neither rules nor how often it comes; with `undefined` it is as bad as
   * its errors are again.
   *
   * @throws UnknownErrorGroupError where it is not kept, RangeError for a severity that is none, ConfigurationError for options
   * that are not allowed.
   */
  setSeverity(id: string, severity: ErrorSeverity | undefined, options: ChangeOptions = {}): ErrorGroupSnapshot {
    checkOneOf('severity', severity, ERROR_SEVERITIES);
    return this.#overridden(id, 'severity', (record) => {
      record.severityOverride = this.#resolver.override(severity, options);
    });
  }

  /** How many errors there were, and where they are. */
  counts(): ErrorCounts {
    return errorCountsOf(this.#room, this.#total + this.archive.restoredErrors);
  }

  /** Rises whenever something may have changed that `save` saves. */
  get revision(): number {
    return this.#room.store.revision;
  }

  /** What is to be there again after a restart: all but statistics, rates and spikes, and with fewer whole events. */
  save(): SavedErrorGroups {
    return { ...this.archive.saveWithoutGroups(), groups: [...this.archive.saveEach()] };
  }

  /** Brings back what was saved, see `GroupArchive.restore`. @param saved - checked: of the types and lengths that `save` gives */
  restore(saved: SavedErrorGroups): RestoreResult {
    return this.archive.restore(saved);
  }

  /** Tells a listener what happens to groups from now on. @returns ends it */
  listen(listener: ErrorGroupListener): Dispose {
    return this.#listeners.add(listener);
  }

  /** Whether listeners are told just now: what is done meanwhile, they do. */
  get isTelling(): boolean {
    return this.#listeners.isTelling;
  }

  /** Cleans up, opens what was ignored until a time, and looks for spikes, as the timer does. */
  sweep(): void {
    const nowMillis = this.#host.monotonicMillis();
    this.#resolver.openIgnored();
    for (const record of [...this.#room.store.resolved]) {
      if (nowMillis - record.resolution.changedMillis < this.config.resolvedKeptMillis) break;
      this.#room.letGo(record, 'age');
    }
    for (const [record, spike] of this.#spikes.look(nowMillis)) {
      this.#book.at(record.category, record.severity, nowMillis).spikes += 1;
      this.#listeners.tellOf(record, (listener, group) => listener.spiked?.(group, spike));
    }
  }

  /** Ends the timer. What is kept can still be asked for, and added to. May be called again. */
  stop(): void {
    this.#stopSweeping();
    this.#stopSweeping = () => undefined;
  }

  /** @param countedNumber - which of all errors it is, where statistics have it already */
  #count(
    record: GroupRecord,
    captured: CapturedError,
    grouped: GroupedAs,
    nowMillis: number,
    countedNumber?: number,
  ): ErrorGroupChange {
    const severityBefore = record.severity;
    const isFirstOfRelease = record.note(captured, grouped, countedNumber ?? this.#total, nowMillis);
    const change = this.#changeBy(record, captured, nowMillis);
    const isBegun = change === 'new' || change === 'regressed';
    const isEventKept = this.#room.events.offer(record, captured, change === 'new' || isFirstOfRelease, nowMillis);
    if (isBegun) record.begin(captured);
    this.#judge.judge(record, captured, isBegun, nowMillis);
    const { category, severity } = record;
    const slice = this.#book.at(category, severity, nowMillis);
    if (countedNumber === undefined) slice.errors += 1;
    if (change === 'new') slice.newGroups += 1;
    if (change === 'regressed') slice.regressions += 1;
    this.#room.store.noteSeen(record);
    this.#room.store.measure(record);
    this.#room.makeRoom(nowMillis);
    if (change === 'new') this.#listeners.tellOf(record, (listener, group) => listener.appeared?.(group));
    else if (change === 'regressed') this.#listeners.tellOf(record, (listener, group) => listener.regressed?.(group));
    else this.#listeners.tellIfWorse(record, severityBefore);
    return { change, category, severity, number: record.lastNumber, isEventKept };
  }

  #changeBy(record: GroupRecord, { release }: CapturedError, nowMillis: number): ErrorGroupChange['change'] {
    const from = this.#resolver.recur(record, release, nowMillis);
    if (record.count === 1) return 'new';
    if (from === undefined) return 'seen';
    return from === 'resolved' ? 'regressed' : 'reopened';
  }

  #refuse(captured: CapturedError, { category }: GroupedAs, nowMillis: number): ErrorGroupChange {
    const severity = this.#judge.ofUngrouped(captured, category);
    this.#room.refuse(captured);
    this.#book.at(category, severity, nowMillis).errors += 1;
    return { change: 'ungrouped', category, severity, number: this.#total, isEventKept: false };
  }

  #overridden(id: string, what: 'category' | 'severity', change: (record: GroupRecord) => void): ErrorGroupSnapshot {
    const group = this.#changed(id, (record) => {
      change(record);
      this.#room.store.measure(record);
    });
    this.#listeners.tell((listener) => listener.overridden?.(group, what));
    return group;
  }

  #changed(id: string, change: (record: GroupRecord) => void): ErrorGroupSnapshot {
    this.#resolver.openIgnored();
    const record = this.#room.store.get(id);
    if (record === undefined) throw new UnknownErrorGroupError(id);
    change(record);
    this.#room.store.noteTouched(record);
    this.#room.makeRoom(this.#host.monotonicMillis());
    return groupSnapshotOf(record);
  }

  #sweepLater(): void {
    this.#stopSweeping = this.#host.schedule(() => {
      // Before the sweep: a listener may end the timer in it.
      this.#sweepLater();
      this.sweep();
    }, this.config.sweepIntervalMillis);
  }
}
