import type { Breadcrumb, CapturedError } from '../../capturedError.ts';
import { eventBytes } from './eventBytes.ts';
import type { KeptEvent } from './groupEvents.ts';
import type { GroupRecord } from './groupRecord.ts';
import type { GroupStore } from './groupStore.ts';
import { KeptBreadcrumbs } from './keptBreadcrumbs.ts';
import { TokenBucket } from './tokenBucket.ts';

/** Why a whole event is not kept. All of them are counted all the same. */
export interface EventsLeftOut {
  /** Too many came within a minute, of the group or of all. */
  rate: number;
  /** One of the same trace is kept in the group. */
  trace: number;
  /** It takes too much memory, or would with what was learnt of it later, which is left out then. */
  size: number;
  /** It was kept, and let go of since: for newer ones, for memory, or with its group. */
  room: number;
}

/** The limits of what is kept whole. */
export interface EventLimits {
  readonly maxEvents: number;
  readonly maxEventsPerGroup: number;
  readonly eventsPerMinute: number;
  /** Of an event without its breadcrumbs, and of its breadcrumbs. */
  readonly maxEventBytes: number;
}

/** Decides which events are kept whole: the first of each group, the first of each release, and a sample of the others. */
export class EventKeeper {
  readonly #limits: EventLimits;
  readonly #store: GroupStore;
  readonly #bucket: TokenBucket;
  /** Those of all groups beside the first of each, the oldest first, and which group each is of. */
  readonly #others = new Map<KeptEvent, GroupRecord>();
  /** The groups whose first event is kept, the oldest first: those that somebody has touched when they come to be let go of. */
  readonly #firsts = new Set<GroupRecord>();
  readonly #touchedFirsts = new Set<GroupRecord>();
  readonly #breadcrumbs: KeptBreadcrumbs;
  /** The events that have breadcrumbs, the oldest first. */
  readonly #withBreadcrumbs = new Set<KeptEvent>();
  #breadcrumbsLeftOut = 0;
  readonly #leftOut: EventsLeftOut = { rate: 0, trace: 0, size: 0, room: 0 };

  constructor(limits: EventLimits, store: GroupStore, nowMillis: number) {
    this.#limits = limits;
    this.#store = store;
    this.#bucket = new TokenBucket(limits.eventsPerMinute, nowMillis);
    this.#breadcrumbs = new KeptBreadcrumbs(limits.maxEventBytes);
  }

  /** How many are kept. */
  get count(): number {
    return this.#others.size + this.#firsts.size + this.#touchedFirsts.size;
  }

  /** What the breadcrumbs of all that are kept take in memory. */
  get breadcrumbBytes(): number {
    return this.#breadcrumbs.bytes;
  }

  /** Breadcrumbs of whole events that are not kept with them, for memory. */
  get breadcrumbsLeftOut(): number {
    return this.#breadcrumbsLeftOut;
  }

  get leftOut(): Readonly<EventsLeftOut> {
    return { ...this.#leftOut };
  }

  /** @param isFirst - whether it is the first of its group or of a release. @returns whether it is kept */
  offer(record: GroupRecord, captured: CapturedError, isFirst: boolean, nowMillis: number): boolean {
    const { events, bucket } = record;
    const isAllowed = bucket.has(nowMillis) && this.#bucket.has(nowMillis);
    if (!isFirst && !isAllowed) return this.#leave('rate');
    if (!isFirst && captured.traceId !== undefined && events.hasTrace(captured.traceId)) return this.#leave('trace');
    const bytes = eventBytes(captured);
    if (bytes > this.#limits.maxEventBytes) return this.#leave('size');
    if (isAllowed) {
      bucket.take();
      this.#bucket.take();
    }
    const event = this.#eventOf(record, captured, bytes);
    if (record.count === 1) {
      events.keepFirst(event);
      this.#firsts.add(record);
    } else this.#keep(record, event);
    return true;
  }

  /** Events of a group that had none in this process, the oldest first; as far as they may be kept. */
  putBack(record: GroupRecord, first: CapturedError | undefined, others: readonly CapturedError[]): void {
    if (first !== undefined && eventBytes(first) <= this.#limits.maxEventBytes) {
      const event = this.#eventOf(record, first);
      record.events.keepFirst(event);
      this.#firsts.add(record);
    }
    for (const captured of others) {
      if (eventBytes(captured) > this.#limits.maxEventBytes) this.#leave('size');
      else this.#keep(record, this.#eventOf(record, captured));
    }
  }

  #eventOf(record: GroupRecord, captured: CapturedError, bytes = eventBytes(captured)): KeptEvent {
    const event = { captured: this.#fitting(captured), number: record.lastNumber, bytes };
    this.#keepBreadcrumbs(event);
    return event;
  }

  /** Changes what is kept of an error, but for its breadcrumbs. @returns what is kept now, `undefined` for nothing */
  change(
    { events }: GroupRecord,
    number: number,
    change: (captured: CapturedError) => CapturedError,
  ): CapturedError | undefined {
    const event = events.find(number);
    if (event === undefined) return undefined;
    const changed = change(event.captured);
    const bytes = eventBytes(changed);
    if (bytes > this.#limits.maxEventBytes) this.#leave('size');
    else events.change(event, changed, bytes);
    return event.captured;
  }

  /**
   * Lets go of some of what takes memory: of breadcrumbs, the oldest first, while they take much; then of the oldest event
   * beside the first of each group, then of the oldest of these, last of those of groups that somebody has touched.
   *
   * @returns whether there was anything
   */
  letGoOfSome(): boolean {
    return this.#letGoOfBreadcrumbs() || this.letGoOfOldest() || this.#letGoOfFirst();
  }

  /** Lets go of the oldest event beside the first of each group. @returns whether there was one */
  letGoOfOldest(): boolean {
    const [oldest] = this.#others;
    if (oldest === undefined) return false;
    this.#letGo(...oldest);
    return true;
  }

  /** The group is let go of, with all its events. */
  forget(record: GroupRecord): void {
    for (const event of [...record.events.others]) this.#letGo(event, record);
    this.#forgetFirst(record);
  }

  #letGoOfFirst(): boolean {
    for (const record of this.#firsts) {
      if (!record.isTouched) return this.#forgetFirst(record);
      this.#firsts.delete(record);
      this.#touchedFirsts.add(record);
    }
    const [record] = this.#touchedFirsts;
    return record !== undefined && this.#forgetFirst(record);
  }

  #forgetFirst(record: GroupRecord): boolean {
    const event = record.events.letGoOfFirst();
    if (event === undefined) return false;
    this.#firsts.delete(record);
    this.#touchedFirsts.delete(record);
    this.#forgetBreadcrumbs(event);
    this.#store.measure(record);
    this.#leftOut.room += 1;
    return true;
  }

  /** An event without breadcrumbs is of use, breadcrumbs without their event are not; the newest keep theirs. */
  #letGoOfBreadcrumbs(): boolean {
    const [event] = this.#withBreadcrumbs;
    if (event === undefined || this.#breadcrumbs.bytes <= this.#limits.maxEventBytes) return false;
    this.#breadcrumbsLeftOut += event.captured.breadcrumbs.length;
    this.#forgetBreadcrumbs(event);
    event.captured = withBreadcrumbs(event.captured, NO_BREADCRUMBS);
    return true;
  }

  #fitting(captured: CapturedError): CapturedError {
    const fitting = this.#breadcrumbs.fitting(captured.breadcrumbs);
    this.#breadcrumbsLeftOut += captured.breadcrumbs.length - fitting.length;
    return fitting === captured.breadcrumbs ? captured : withBreadcrumbs(captured, fitting);
  }

  #keepBreadcrumbs(event: KeptEvent): void {
    const { breadcrumbs } = event.captured;
    if (breadcrumbs.length === 0) return;
    this.#breadcrumbs.keep(breadcrumbs);
    this.#withBreadcrumbs.add(event);
  }

  #forgetBreadcrumbs(event: KeptEvent): void {
    if (this.#withBreadcrumbs.delete(event)) this.#breadcrumbs.letGo(event.captured.breadcrumbs);
  }

  #keep(record: GroupRecord, event: KeptEvent): void {
    const { events } = record;
    events.keep(event);
    this.#others.set(event, record);
    if (events.otherCount > this.#limits.maxEventsPerGroup && events.leastNeeded)
      this.#letGo(events.leastNeeded, record);
    if (this.#others.size > this.#limits.maxEvents) this.letGoOfOldest();
  }

  #letGo(event: KeptEvent, record: GroupRecord): void {
    this.#others.delete(event);
    record.events.letGo(event);
    this.#forgetBreadcrumbs(event);
    this.#store.measure(record);
    this.#leftOut.room += 1;
  }

  #leave(reason: keyof EventsLeftOut): false {
    this.#leftOut[reason] += 1;
    return false;
  }
}

const NO_BREADCRUMBS: readonly Breadcrumb[] = Object.freeze([]);

function withBreadcrumbs(captured: CapturedError, breadcrumbs: readonly Breadcrumb[]): CapturedError {
  return Object.freeze({ ...captured, breadcrumbs });
}
