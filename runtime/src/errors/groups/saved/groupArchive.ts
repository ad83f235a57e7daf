import type { HostProcess } from '../../../core/hostProcess.ts';
import type { TextRedactor } from '../../../core/textRedactor.ts';
import type { GroupOverride, ResolutionChange } from '../../errorGroupSnapshot.ts';
import { boundedText, MOST_MESSAGE_LENGTH, MOST_NOTE_LENGTH } from '../store/boundedText.ts';
import type { GroupRecord } from '../store/groupRecord.ts';
import type { GroupRoom } from '../store/groupRoom.ts';
import { redactedEvent } from './redactedEvent.ts';
import { savedGroupOf } from './savedGroupOf.ts';
import type { RestoreResult, SavedErrorGroup, SavedErrorGroups } from './savedErrorGroups.ts';

/** How many groups are put back in a step: some milliseconds. */
const STEP = 40;

/** What a `GroupArchive` needs from outside. */
export interface GroupArchivePorts {
  readonly host: Pick<HostProcess, 'wallMillis' | 'monotonicMillis'>;
  readonly textRedactor: Pick<TextRedactor, 'redact'>;
  /** An error of this release was counted by a group that is put together with a saved one: what is resolved may open. */
  readonly recur: (record: GroupRecord, release: string | undefined) => void;
}

/** Saves groups, and puts saved ones back. */
export class GroupArchive {
  readonly #room: GroupRoom;
  readonly #ports: GroupArchivePorts;
  readonly #redact: (text: string) => string;
  #isDone = false;
  #count = 0;
  #errors = 0;

  constructor(room: GroupRoom, ports: GroupArchivePorts) {
    this.#room = room;
    this.#ports = ports;
    this.#redact = (text) => ports.textRedactor.redact(text);
  }

  /** How many numbers below 1 are given to groups that were put back: they were before all others. */
  get restoredGroups(): number {
    return this.#count;
  }

  /** The errors of groups that were put back. */
  get restoredErrors(): number {
    return this.#errors;
  }

  /** What is saved but for the groups. */
  saveWithoutGroups(): Omit<SavedErrorGroups, 'groups'> {
    return { version: 1, savedMillis: this.#ports.host.wallMillis(), releases: this.#room.releases.list() };
  }

  /** The groups to be saved, each as it is when it is asked for. */
  *saveEach(): Generator<SavedErrorGroup, undefined> {
    for (const record of this.#room.store.all()) yield savedGroupOf(record, this.#wallAhead());
    return undefined;
  }

  /**
   * Brings groups back that another process saved; once, as everything would count twice, and best before errors come. Of a group
   * that came meanwhile counts, users and releases add up, it was first seen at the earlier time, and its whole events and what it
   * is about are those of now; its state is the saved one, unless somebody has changed it meanwhile, and what came opens it where
   * an error would. Texts are redacted again. Statistics, rates and spikes have what comes from now on; listeners are not told.
   * Of more groups than have room those that nobody has touched are left out first, of these those seen last the longest ago.
   *
   * @param saved - checked: of the types and lengths that are saved, and in the order in which groups were seen first
   */
  restore(saved: SavedErrorGroups): RestoreResult {
    const steps = this.restoreEach(saved);
    for (;;) {
      const { done, value } = steps.next();
      if (done === true) return value;
    }
  }

  /** The same in steps of a few milliseconds, between which errors may come. The last one returns what became of it. */
  *restoreEach({ groups, releases }: SavedErrorGroups): Generator<undefined, RestoreResult> {
    if (this.#isDone) return { restored: 0, skipped: { room: 0, again: groups.length } };
    this.#isDone = true;
    this.#room.releases.putBefore(releases);
    for (const { resolution } of this.#room.store.all())
      resolution.placeRelease((release) => this.#room.releases.placeOf(release));
    const kept = newestOf(groups, this.#room.freeGroups, (id) => this.#room.store.get(id) !== undefined);
    yield undefined;
    yield* this.#restoreAll(kept);
    this.#room.store.sort();
    yield undefined;
    // What came meanwhile is newer than all that was put back.
    const came = [...this.#room.store.all()].filter(({ lastNumber }) => lastNumber > 0);
    for (const record of came.sort((first, second) => first.lastNumber - second.lastNumber))
      this.#room.store.noteTouched(record);
    this.#room.makeRoom(this.#ports.host.monotonicMillis());
    const restored = kept.filter(({ id }) => this.#room.store.get(id) !== undefined).length;
    return { restored, skipped: { room: groups.length - restored, again: 0 } };
  }

  /** In the order in which they were seen, or changed, last: so they go where there is no room. */
  *#restoreAll(kept: readonly SavedErrorGroup[]): Generator<undefined, undefined> {
    this.#count = kept.length;
    const numbers = new Map(kept.map(({ id }, index) => [id, index + 1 - kept.length]));
    yield undefined;
    const byLast = kept.toSorted((first, second) => first.lastSeenMillis - second.lastSeenMillis);
    const lastNumbers = new Map(byLast.map(({ id }, index) => [id, index + 1 - kept.length]));
    yield undefined;
    const sorted = kept.toSorted((first, second) => lastActivity(first) - lastActivity(second));
    for (const [index, saved] of sorted.entries()) {
      if (index % STEP === 0) yield undefined;
      const known = this.#room.store.get(saved.id);
      if (known !== undefined) this.#addTo(known, saved);
      else if (!this.#start(saved, numbers.get(saved.id) ?? 0, lastNumbers.get(saved.id) ?? 0)) continue;
      this.#errors += saved.count;
    }
    return undefined;
  }

  #start(saved: SavedErrorGroup, number: number, lastNumber: number): boolean {
    const nowMillis = this.#ports.host.monotonicMillis();
    const record = this.#room.readmit(saved, number, nowMillis);
    if (record === undefined) return false;
    record.lastNumber = lastNumber;
    record.openedNumber = lastNumber;
    record.type = saved.type;
    record.message = boundedText(this.#redact(saved.message), MOST_MESSAGE_LENGTH);
    record.code = saved.code;
    record.culprit = saved.culprit;
    record.judgedCategory = saved.category;
    record.judgedSeverity = saved.severity;
    record.handledSeverity = saved.handledSeverity;
    record.lastSeenWallMillis = saved.lastSeenMillis;
    record.lastSeenMillis = this.#monotonic(saved.lastSeenMillis);
    this.#addTo(record, saved);
    const events = saved.events.map((event) => redactedEvent(event, this.#redact));
    const first = saved.firstEvent && redactedEvent(saved.firstEvent, this.#redact);
    this.#room.events.putBack(record, first, events);
    this.#room.store.measure(record);
    this.#room.store.noteTouched(record);
    return true;
  }

  /** What adds up, or was given by people. */
  #addTo(record: GroupRecord, saved: SavedErrorGroup): void {
    const cameMeanwhile = record.count > 0;
    const lastRelease = record.releases.last;
    record.count += saved.count;
    record.unhandled += saved.unhandled;
    record.endsProcess ||= saved.endsProcess;
    record.firstSeenWallMillis = Math.min(record.firstSeenWallMillis, saved.firstSeenMillis);
    record.firstSeenMillis = Math.min(record.firstSeenMillis, this.#monotonic(saved.firstSeenMillis));
    record.releases.putBefore(saved.releases, saved.lastRelease, saved.inOtherReleases);
    record.users.putBack(saved.users, saved.usersSince, saved.hasMoreUsers);
    record.categoryOverride ??= this.#override(saved.categoryOverride);
    record.severityOverride ??= this.#override(saved.severityOverride);
    if (!record.resolution.isTouched) this.#resolveAs(record, saved);
    if (cameMeanwhile) this.#ports.recur(record, lastRelease);
    this.#room.store.measure(record);
  }

  #resolveAs(record: GroupRecord, { resolution }: SavedErrorGroup): void {
    const before = record.resolution.state;
    const { untilMillis } = resolution;
    record.resolution.putBack({
      ...resolution,
      openedMillis: this.#monotonic(resolution.openedMillis),
      changedMillis: this.#monotonic(resolution.changedMillis),
      // A time that is still to come is not cut.
      ...(untilMillis !== undefined && { untilMillis: untilMillis - this.#wallAhead() }),
      history: resolution.history.map((change) => this.#noted(change)),
    });
    record.resolution.placeRelease((release) => this.#room.releases.placeOf(release));
    this.#room.store.noteChanged(record, before);
  }

  #override<T>(override: GroupOverride<T> | undefined): GroupOverride<T> | undefined {
    return override && Object.freeze(this.#noted(override));
  }

  #noted<Change extends ResolutionChange | GroupOverride<unknown>>(change: Change): Change {
    const { note } = change;
    return note === undefined ? change : { ...change, note: boundedText(this.#redact(note), MOST_NOTE_LENGTH) };
  }

  #wallAhead(): number {
    return this.#ports.host.wallMillis() - this.#ports.host.monotonicMillis();
  }

  /** What the clock that never goes back would have said, below 0 before it began. Nothing was later than now. */
  #monotonic(wallMillis: number): number {
    return Math.min(wallMillis - this.#wallAhead(), this.#ports.host.monotonicMillis());
  }
}

/**
 * Those that stay where there is room for so many new ones, each once, in the order that they have: what people touched is the last
 * to go, and the newest.
 */
function newestOf(
  groups: readonly SavedErrorGroup[],
  free: number,
  isKnown: (id: string) => boolean,
): readonly SavedErrorGroup[] {
  const all = [...new Map(groups.map((group) => [group.id, group])).values()];
  const others = all.filter(({ id }) => !isKnown(id));
  if (others.length <= free) return all;
  const sorted = others.sort(
    (first, second) =>
      Number(isTouched(second)) - Number(isTouched(first)) || lastActivity(second) - lastActivity(first),
  );
  const left = new Set(sorted.slice(free));
  return all.filter((group) => !left.has(group));
}

function isTouched({ categoryOverride, severityOverride, resolution }: SavedErrorGroup): boolean {
  return categoryOverride !== undefined || severityOverride !== undefined || resolution.isTouched;
}

function lastActivity({ lastSeenMillis, resolution }: SavedErrorGroup): number {
  return Math.max(lastSeenMillis, resolution.changedMillis);
}
