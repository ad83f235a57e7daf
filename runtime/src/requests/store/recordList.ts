import type { RequestRecord } from './requestRecord.ts';

/** Removed records stay in the list until they are this many. */
const FEWEST_TO_COMPACT = 32;
/** Removed ones at its beginning, where most are, go once they are this part of it: they hold memory that nobody counts. */
const SHARE_TO_TRIM = 32;

/**
 * Records in the order of one of their numbers. New ones belong at the end, and they are removed from anywhere without
 * being looked for: a removed record stays until half of the list is removed ones, and is passed over until then.
 */
export class RecordList {
  readonly #numberOf: (record: RequestRecord) => number;
  #records: RequestRecord[];
  #removed = 0;
  /** Before this index all are removed; it is moved on when somebody reads, so that removing looks at no record. */
  #head = 0;

  /** Starts with one record, and room for no more: most lists stay as short. */
  constructor(numberOf: (record: RequestRecord) => number, first?: RequestRecord) {
    this.#numberOf = numberOf;
    this.#records = first === undefined ? [] : [first];
  }

  /** How many there are. */
  get size(): number {
    return this.#records.length - this.#removed;
  }

  /** Puts a record at the end, whose number is higher than all others. */
  push(record: RequestRecord): void {
    this.#records.push(record);
  }

  /** Puts a record where its number belongs. */
  insert(record: RequestRecord): void {
    this.#records.splice(this.#indexAfter(this.#numberOf(record)), 0, record);
    this.#head = 0;
  }

  /** A record of the list was marked as removed. */
  noteRemoved(): void {
    this.#removed += 1;
    const { length } = this.#records;
    if (this.#removed < FEWEST_TO_COMPACT && this.#removed < length) return;
    if (this.#removed * SHARE_TO_TRIM < length) return;
    const head = this.#firstIndex();
    if (head * SHARE_TO_TRIM >= length) this.#keep(this.#records.slice(head), this.#removed - head);
    if (this.#removed * 2 >= this.#records.length)
      this.#keep(
        this.#records.filter(({ isRemoved }) => !isRemoved),
        0,
      );
  }

  #keep(records: RequestRecord[], removed: number): void {
    this.#records = records;
    this.#removed = removed;
    this.#head = 0;
  }

  /** Takes a record out that stays in other lists. */
  take(record: RequestRecord): void {
    const index = this.#indexAfter(this.#numberOf(record)) - 1;
    if (this.#records[index] === record) this.#records.splice(index, 1);
    this.#head = 0;
  }

  /** The first of them. */
  get first(): RequestRecord | undefined {
    return this.#records[this.#firstIndex()];
  }

  /** Those with a higher number, the lowest first. */
  *after(number: number): Generator<RequestRecord, undefined> {
    for (let index = Math.max(this.#firstIndex(), this.#indexAfter(number)); index < this.#records.length; index += 1) {
      const record = this.#records[index];
      if (record !== undefined && !record.isRemoved) yield record;
    }
    return undefined;
  }

  /** Those with a lower number, the highest first. */
  *before(number: number): Generator<RequestRecord, undefined> {
    for (let index = this.#indexAfter(number - 1) - 1; index >= this.#firstIndex(); index -= 1) {
      const record = this.#records[index];
      if (record !== undefined && !record.isRemoved) yield record;
    }
    return undefined;
  }

  /** Index of the first record that is not removed. */
  #firstIndex(): number {
    while (this.#records[this.#head]?.isRemoved === true) this.#head += 1;
    return this.#head;
  }

  /** Index of the first record with a number above this one. */
  #indexAfter(number: number): number {
    let low = 0;
    let high = this.#records.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const record = this.#records[middle];
      if (record !== undefined && this.#numberOf(record) <= number) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
