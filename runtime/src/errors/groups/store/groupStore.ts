import type { ResolutionState } from '../../errorGroupSnapshot.ts';
import { type GroupRank, MANY_ERRORS, RANK_KEPT_MILLIS } from './groupRank.ts';
import type { GroupRecord } from './groupRecord.ts';

const UNRESOLVED_RANKS = ['few', 'many', 'touched'] as const;

/** Keeps groups, and knows which of them goes first where there is no room. */
export class GroupStore {
  readonly #groups = new Map<string, GroupRecord>();
  /** The resolved in the order in which they were resolved; the others in the order in which they were seen, or changed, last. */
  readonly #ranks: Readonly<Record<GroupRank, Set<GroupRecord>>> = {
    resolved: new Set(),
    few: new Set(),
    many: new Set(),
    touched: new Set(),
  };
  /** In the order in which they came into the state. */
  readonly #resolved = new Set<GroupRecord>();
  readonly #ignored = new Set<GroupRecord>();
  /** Errors often belong to the group of the one before. */
  #lastSeen: GroupRecord | undefined;
  #bytes = 0;
  /** Rises whenever something of a group has changed that outlives the process. Whoever changes what is not told here adds to it. */
  revision = 0;

  get size(): number {
    return this.#groups.size;
  }

  /** What all groups take in memory, as far as it is estimated. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Callers without types ask for anything. */
  get(id: unknown): GroupRecord | undefined {
    return typeof id === 'string' ? this.#groups.get(id) : undefined;
  }

  /** Every group, in the order in which they were seen first. */
  all(): Iterable<GroupRecord> {
    return this.#groups.values();
  }

  /** The one that was resolved first first. */
  get resolved(): ReadonlySet<GroupRecord> {
    return this.#resolved;
  }

  get ignored(): ReadonlySet<GroupRecord> {
    return this.#ignored;
  }

  add(record: GroupRecord): void {
    this.revision += 1;
    this.#groups.set(record.id, record);
    this.#putLast(record);
    this.#lastSeen = record;
    this.measure(record);
  }

  /** The group was seen now. */
  noteSeen(record: GroupRecord): void {
    this.revision += 1;
    const hasRisen = rankOf(record) !== record.rank;
    if (!hasRisen && (record === this.#lastSeen || record.resolution.state === 'resolved')) return;
    this.#lastSeen = record;
    this.#putLast(record);
  }

  /** The group has changed its state. */
  noteChanged(record: GroupRecord, before: ResolutionState): void {
    this.#ofState(before)?.delete(record);
    this.#ofState(record.resolution.state)?.add(record);
    this.noteTouched(record);
  }

  /** Somebody has changed something of the group. */
  noteTouched(record: GroupRecord): void {
    this.revision += 1;
    this.#putLast(record);
    this.#lastSeen = undefined;
  }

  /** The group may take more or less memory than before. */
  measure(record: GroupRecord): void {
    const { bytes } = record;
    this.#bytes += bytes - record.countedBytes;
    record.countedBytes = bytes;
  }

  /**
   * The group that goes first: of the resolved of which nothing was noted the one that was resolved first; then the one that
   * was not seen, or changed, for longest, of those that came a few times, or were not for so long that they are as these; then
   * of those that came often; then of those that somebody has done something with.
   */
  nextToGo(nowMillis: number): GroupRecord | undefined {
    const [resolved] = this.#ranks.resolved;
    if (resolved !== undefined) return resolved;
    const oldest: GroupRecord[] = [];
    const forgotten: GroupRecord[] = [];
    for (const rank of UNRESOLVED_RANKS) {
      const [record] = this.#ranks[rank];
      if (record === undefined) continue;
      oldest.push(record);
      if (nowMillis - lastMillis(record) >= RANK_KEPT_MILLIS[rank]) forgotten.push(record);
    }
    return forgotten.sort((first, second) => lastMillis(first) - lastMillis(second))[0] ?? oldest[0];
  }

  /** Puts all in the order of their numbers, where some were put back that were seen before. */
  sort(): void {
    const sorted = [...this.#groups.values()].sort((first, second) => first.number - second.number);
    this.#groups.clear();
    for (const record of sorted) this.#groups.set(record.id, record);
  }

  remove(record: GroupRecord): void {
    this.revision += 1;
    this.#groups.delete(record.id);
    this.#ranks[record.rank].delete(record);
    this.#ofState(record.resolution.state)?.delete(record);
    this.#bytes -= record.countedBytes;
    if (this.#lastSeen === record) this.#lastSeen = undefined;
  }

  #putLast(record: GroupRecord): void {
    this.#ranks[record.rank].delete(record);
    record.rank = rankOf(record);
    this.#ranks[record.rank].add(record);
  }

  #ofState(state: ResolutionState): Set<GroupRecord> | undefined {
    if (state === 'resolved') return this.#resolved;
    return state === 'ignored' ? this.#ignored : undefined;
  }
}

function rankOf(record: GroupRecord): GroupRank {
  const { resolution } = record;
  if (resolution.state === 'resolved' && !resolution.hasNote) return 'resolved';
  if (record.isTouched) return 'touched';
  return record.count >= MANY_ERRORS ? 'many' : 'few';
}

function lastMillis({ lastSeenMillis, resolution }: GroupRecord): number {
  return Math.max(lastSeenMillis, resolution.changedMillis);
}
