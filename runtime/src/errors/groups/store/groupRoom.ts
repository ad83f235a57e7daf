import type { CapturedError } from '../../capturedError.ts';
import type { ErrorGroupsConfig } from '../errorGroupsOptions.ts';
import type { UnseenError } from '../unseenError.ts';
import { ERROR_BOOK_BYTES } from '../statistics/errorBook.ts';
import type { UserRoom } from './groupUsers.ts';
import { EventKeeper } from './eventKeeper.ts';
import type { SavedErrorGroup } from '../saved/savedErrorGroups.ts';
import { EMPTY_GROUP_BYTES, type GroupedAs, GroupRecord, startedBytes } from './groupRecord.ts';
import { GroupStore } from './groupStore.ts';
import { ReleaseOrder } from './releaseOrder.ts';
import { ShedCounts } from './shedCounts.ts';
import { TokenBucket } from './tokenBucket.ts';

/**
 * Errors that belong to no group: their group was resolved long ago, made room for a new one, or took too much memory, or
 * there was none for them (`refused`); or there was no time to look at them (`shed`).
 */
export interface UngroupedCounts {
  age: number;
  count: number;
  memory: number;
  refused: number;
  shed: number;
}

const USERS_SHARE = 4;
const EVENT_SHARE = 8;

/** Gives room to groups, their users and whole events, within the limits, and counts the errors for which there is none. */
export class GroupRoom {
  readonly store = new GroupStore();
  readonly events: EventKeeper;
  readonly releases = new ReleaseOrder();
  readonly shed = new ShedCounts();
  readonly #config: ErrorGroupsConfig;
  readonly #replacements: TokenBucket;
  readonly #userRoom: UserRoom;
  readonly #ungrouped: UngroupedCounts = { age: 0, count: 0, memory: 0, refused: 0, shed: 0 };
  #startedCount = 0;

  constructor(config: ErrorGroupsConfig, nowMillis: number) {
    const maxEventBytes = config.maxBytes / EVENT_SHARE;
    this.#config = config;
    this.#userRoom = { bytes: 0, maxBytes: config.maxBytes / USERS_SHARE };
    this.#replacements = new TokenBucket(config.replacedGroupsPerMinute, nowMillis);
    this.events = new EventKeeper({ ...config, maxEventBytes }, this.store, nowMillis);
  }

  /** How many groups there ever were. */
  get startedCount(): number {
    return this.#startedCount;
  }

  get ungrouped(): Readonly<UngroupedCounts> {
    return { ...this.#ungrouped };
  }

  /** What all of it takes in memory, statistics too, as far as it is estimated. */
  get bytes(): number {
    return ERROR_BOOK_BYTES + this.store.bytes + this.events.breadcrumbBytes + this.shed.bytes + this.releases.bytes;
  }

  /** A new group, for which others may have to go; `undefined` where too many have gone of late. */
  admit(captured: CapturedError, grouped: GroupedAs, nowMillis: number): GroupRecord | undefined {
    if (!this.#makeWay(startedBytes(captured, grouped), nowMillis)) return undefined;
    this.#startedCount += 1;
    const record = this.#recordOf(grouped.id, this.#startedCount, captured.atMillis, nowMillis);
    this.store.add(record);
    return record;
  }

  /** How many groups more may be kept. */
  get freeGroups(): number {
    return Math.max(0, this.#config.maxGroups - this.store.size);
  }

  /**
   * A group that was there before this process, for which others such may have to go; `undefined` where there is no room beside
   * those that were seen by this process.
   */
  readmit({ id, firstSeenMillis }: SavedErrorGroup, number: number, nowMillis: number): GroupRecord | undefined {
    let firstOfNow: GroupRecord | undefined;
    while (this.freeGroups === 0 || !this.#hasRoom(EMPTY_GROUP_BYTES)) {
      const next = this.store.nextToGo(nowMillis);
      if (next === undefined || next === firstOfNow) return undefined;
      if (next.lastNumber <= 0) this.letGo(next, this.freeGroups === 0 ? 'count' : 'memory');
      else {
        // It is newer than all that were there before, though it was put in before them.
        this.store.noteTouched(next);
        firstOfNow ??= next;
      }
    }
    const record = this.#recordOf(id, number, firstSeenMillis, nowMillis);
    this.store.add(record);
    return record;
  }

  #recordOf(id: string, number: number, wallMillis: number, nowMillis: number): GroupRecord {
    return new GroupRecord({
      id,
      number,
      nowMillis,
      wallMillis,
      room: this.#userRoom,
      maxUsers: this.#config.maxUsersPerGroup,
      eventsPerMinute: this.#config.eventsPerMinutePerGroup,
    });
  }

  /** Counts an error that gets no group. */
  refuse({ error }: CapturedError): void {
    this.#ungrouped.refused += 1;
    this.shed.add(error.type, error.code, 1);
  }

  /** Counts an error that nobody has looked at. */
  shedUnseen(type: string, code: string | undefined): void {
    this.#ungrouped.shed += 1;
    this.shed.add(type, code, 1);
  }

  /** An error that nobody had looked at gets a group after all. */
  takeUnseen({ type, code }: UnseenError): void {
    this.#ungrouped.shed -= 1;
    this.shed.add(type, code, -1);
  }

  /**
   * Lets go of whole events and then of groups until the memory is enough; of the last group only of its events. That groups
   * go here is rare, and bounded by nothing but memory: they take more than before. New ones come in by `admit`.
   */
  makeRoom(nowMillis: number): void {
    while (!this.#hasRoom(0)) {
      const next = this.store.nextToGo(nowMillis);
      if (next === undefined || this.store.size === 1) return;
      this.letGo(next, 'memory');
    }
  }

  /** Lets go of a group; its errors stay counted. */
  letGo(record: GroupRecord, reason: keyof UngroupedCounts): void {
    this.#ungrouped[reason] += record.count;
    this.shed.add(record.type, record.code, record.count);
    this.events.forget(record);
    this.store.remove(record);
    record.users.forget();
  }

  #makeWay(bytes: number, nowMillis: number): boolean {
    if (this.store.size >= this.#config.maxGroups && !this.#replace('count', nowMillis)) return false;
    while (!this.#hasRoom(bytes)) if (!this.#replace('memory', nowMillis)) return false;
    return true;
  }

  /** Whether so many bytes have room, without what of whole events has to go for them. */
  #hasRoom(bytes: number): boolean {
    while (this.bytes + bytes > this.#config.maxBytes) if (!this.events.letGoOfSome()) return false;
    return true;
  }

  #replace(reason: 'count' | 'memory', nowMillis: number): boolean {
    const next = this.store.nextToGo(nowMillis);
    if (next === undefined || !this.#replacements.has(nowMillis)) return false;
    this.#replacements.take();
    this.letGo(next, reason);
    return true;
  }
}
