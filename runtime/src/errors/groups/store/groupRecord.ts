import { TimeSlices } from '../../../core/timeSlices.ts';
import type { ErrorCategory } from '../../errorCategory.ts';
import type { CapturedError } from '../../capturedError.ts';
import type { ErrorSpike, GroupOverride } from '../../errorGroupSnapshot.ts';
import type { ErrorSeverity } from '../../errorSeverity.ts';
import type { LearntError } from '../learntError.ts';
import { Resolution } from '../resolution/resolution.ts';
import type { CountedResolution } from '../statistics/errorBook.ts';
import { ErrorTally } from '../statistics/errorSlice.ts';
import { ERROR_SLICE_LEVELS } from '../statistics/errorWindows.ts';
import { MINUTE_COUNTS_BYTES, MinuteCounts } from '../statistics/minuteCounts.ts';
import {
  boundedText,
  boundedTextBytes,
  MOST_MESSAGE_LENGTH,
  MOST_NAME_LENGTH,
  MOST_NOTE_LENGTH,
  textBytes,
} from './boundedText.ts';
import { GroupEvents } from './groupEvents.ts';
import type { GroupRank } from './groupRank.ts';
import { GroupUsers, type UserRoom } from './groupUsers.ts';
import { ReleaseCounts } from './releaseCounts.ts';
import { TokenBucket } from './tokenBucket.ts';

/** What a record takes in memory with its empty parts and its places in the store. Measured with Node 24 on 64 bits. */
export const EMPTY_GROUP_BYTES = 2400 + MINUTE_COUNTS_BYTES;
const OVERRIDE_BYTES = 80;
/** A slice with its place in a list. */
const SLICE_BYTES = 120;

/** What the grouping and the classification of an error have found. */
export interface GroupedAs {
  /** 16 hexadecimal digits. */
  readonly id: string;
  readonly culprit: string | undefined;
  readonly category: ErrorCategory;
}

/** What a group starts with. */
export interface StartedGroup {
  readonly id: string;
  /** From 1, in the order in which groups were seen first. */
  readonly number: number;
  readonly nowMillis: number;
  readonly wallMillis: number;
  readonly room: UserRoom;
  readonly maxUsers: number;
  readonly eventsPerMinute: number;
}

/** What a group takes in memory with its first error, without the whole event. */
export function startedBytes({ error, request, release }: CapturedError, { culprit }: GroupedAs): number {
  return (
    EMPTY_GROUP_BYTES +
    SLICE_BYTES +
    boundedTextBytes(error.type, MOST_NAME_LENGTH) +
    boundedTextBytes(error.message, MOST_MESSAGE_LENGTH) +
    boundedTextBytes(error.code, MOST_NAME_LENGTH) +
    boundedTextBytes(culprit, MOST_NOTE_LENGTH) +
    boundedTextBytes(request.userId, MOST_NAME_LENGTH) +
    boundedTextBytes(release, MOST_NAME_LENGTH)
  );
}

/** What is kept of a group. Only `ErrorGroups` changes it, and hands it to nobody. */
export class GroupRecord {
  readonly id: string;
  readonly number: number;
  type = '';
  message = '';
  code: string | undefined;
  culprit: string | undefined;
  /** Of the newest error. */
  judgedCategory: ErrorCategory = 'unknown';
  judgedSeverity: ErrorSeverity = 'low';
  /** Given by somebody: neither a table nor a rule changes them. */
  categoryOverride: GroupOverride<ErrorCategory> | undefined;
  severityOverride: GroupOverride<ErrorSeverity> | undefined;
  /** As bad as it would be if all of its errors had been handled: it falls to that when the last one turns out to have been. */
  handledSeverity: ErrorSeverity = 'low';
  /** How many errors of it were not handled, and whether one ended the process, since it was opened. */
  unhandled = 0;
  endsProcess = false;
  /** The number of the error that opened it. */
  openedNumber = 0;
  count = 0;
  /** The number of its last error, among all errors. */
  lastNumber = 0;
  /** By the wall clock, which may have been set back between them. */
  firstSeenWallMillis: number;
  lastSeenWallMillis: number;
  /** By a clock that never goes back. */
  firstSeenMillis: number;
  lastSeenMillis: number;
  spike: ErrorSpike | undefined;
  /** When it began to spike last, by a clock that never goes back. */
  spikedMillis: number | undefined;
  /** Its last resolution, as statistics have it; not there where that was taken back. */
  countedResolution: CountedResolution | undefined;
  readonly resolution: Resolution;
  readonly users: GroupUsers;
  readonly releases = new ReleaseCounts();
  readonly events = new GroupEvents();
  readonly bucket: TokenBucket;
  readonly slices = new TimeSlices(ERROR_SLICE_LEVELS, () => new ErrorTally());
  readonly minutes: MinuteCounts;
  /** What it takes in memory, as it was counted last. */
  countedBytes = 0;
  /** How soon it goes where there is no room, as it was found last. */
  rank: GroupRank = 'few';

  constructor(started: StartedGroup) {
    const { nowMillis, wallMillis } = started;
    this.id = started.id;
    this.number = started.number;
    this.firstSeenWallMillis = wallMillis;
    this.lastSeenWallMillis = wallMillis;
    this.firstSeenMillis = nowMillis;
    this.lastSeenMillis = nowMillis;
    this.resolution = new Resolution(nowMillis);
    this.users = new GroupUsers(started.room, started.maxUsers);
    this.bucket = new TokenBucket(started.eventsPerMinute, nowMillis);
    this.minutes = new MinuteCounts(nowMillis);
  }

  get category(): ErrorCategory {
    return this.categoryOverride?.to ?? this.judgedCategory;
  }

  get severity(): ErrorSeverity {
    return this.severityOverride?.to ?? this.judgedSeverity;
  }

  /** Whether somebody has done something with it. */
  get isTouched(): boolean {
    return this.categoryOverride !== undefined || this.severityOverride !== undefined || this.resolution.isTouched;
  }

  /** What it takes in memory, as far as it is estimated, but for breadcrumbs: events of several groups share them. */
  get bytes(): number {
    return (
      EMPTY_GROUP_BYTES +
      textBytes(this.type) +
      textBytes(this.message) +
      textBytes(this.code) +
      textBytes(this.culprit) +
      this.users.bytes +
      this.releases.bytes +
      this.events.bytes +
      this.resolution.bytes +
      overrideBytes(this.categoryOverride) +
      overrideBytes(this.severityOverride) +
      this.slices.size * SLICE_BYTES
    );
  }

  /** Counts an error. @returns whether it is the first of its release */
  note(captured: CapturedError, grouped: GroupedAs, number: number, nowMillis: number): boolean {
    const { error, request, release } = captured;
    this.count += 1;
    this.lastNumber = number;
    this.lastSeenMillis = nowMillis;
    this.lastSeenWallMillis = captured.atMillis;
    this.type = boundedText(error.type, MOST_NAME_LENGTH);
    this.message = boundedText(error.message, MOST_MESSAGE_LENGTH);
    this.code = error.code === undefined ? undefined : boundedText(error.code, MOST_NAME_LENGTH);
    this.culprit = grouped.culprit === undefined ? undefined : boundedText(grouped.culprit, MOST_NOTE_LENGTH);
    this.judgedCategory = grouped.category;
    if (!captured.isHandled) this.unhandled += 1;
    this.endsProcess ||= captured.isUncaught === true;
    this.slices.at(nowMillis).errors += 1;
    this.minutes.add(nowMillis);
    if (request.userId !== undefined) this.users.add(request.userId);
    return release !== undefined && this.releases.add(release);
  }

  /** It is opened by its last error. */
  begin({ isHandled, isUncaught = false, request }: CapturedError): void {
    this.openedNumber = this.lastNumber;
    this.unhandled = isHandled ? 0 : 1;
    this.endsProcess = isUncaught;
    if (this.count > 1) this.users.beginAnew(request.userId);
  }

  /** Whether it was opened by this error, and none has come since. */
  isOpenedByOnly(number: number | undefined): boolean {
    return number === this.openedNumber && number === this.lastNumber;
  }

  /** More is known of one of its errors. Whether that was handled is of interest where it came since the group was opened. */
  learn({ number, captured, wasHandled, category }: LearntError): void {
    if (number !== undefined && number >= this.openedNumber && wasHandled !== captured.isHandled)
      this.unhandled += wasHandled ? 1 : -1;
    this.endsProcess ||= captured.isUncaught === true;
    if (category !== undefined) this.judgedCategory = category;
    if (captured.request.userId !== undefined) this.users.add(captured.request.userId);
  }
}

function overrideBytes(override: GroupOverride<string> | undefined): number {
  return override === undefined
    ? 0
    : OVERRIDE_BYTES + textBytes(override.at) + textBytes(override.by) + textBytes(override.note);
}
