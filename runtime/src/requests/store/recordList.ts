import type { RequestRecord } from './requestRecord.ts';

/** Removed records stay in the list until they are this many. */
const FEWEST_TO_COMPACT = 32;
/** Removed ones that did not leave by themselves are looked for once they are this part of it: they hold memory that nobody counts. */
const SHARE_TO_TRIM = 32;

/**
 * Records in the order of one of their numbers. New ones belong at the end, and they are removed from anywhere without
 * being looked for: the first one, which most are, leaves at once; any other stays until half of the list is removed ones,
 * and is passed over until then.
 */
export class RecordList {
  readonly #numberOf: (record: RequestRecord) => number;
  /** Before `#head` there is nothing any more. */
  #records: (RequestRecord | undefined)[];
  #head = 0;
  /** How many from `#head` on are removed. */
  #removed = 0;

  /** Starts with one record, and room for no more: most lists stay as short. */
  constructor(numberOf: (record: RequestRecord) => number, first?: RequestRecord) {
    this.#numberOf = numberOf;
    this.#records = first === undefined ? [] : [first];
  }

  /** How many there are. */
  get size(): number {
    return this.#records.length - this.#head - this.#removed;
  }

  /** Puts a record at the end, whose number is higher than all others. */
  push(record: RequestRecord): void {
    this.#records.push(record);
  }

  /** Puts a record where its number belongs. */
  insert(record: RequestRecord): void {
    this.#records.splice(this.#indexAfter(this.#numberOf(record)), 0, record);
  }

  /** A record of the list was marked as removed. */
  noteRemoved(record: RequestRecord): void {
    const { length } = this.#records;
    if (this.#records[this.#head] === record) this.#dropFirst();
    else {
      this.#removed += 1;
      if (this.#removed * SHARE_TO_TRIM >= length) this.#dropRemovedFirst();
    }
    const gone = this.#head + this.#removed;
    if (gone * 2 >= length && (gone >= FEWEST_TO_COMPACT || gone === length)) this.#compact();
  }

  /** Takes a record out that stays in other lists. */
  take(record: RequestRecord): void {
    const index = this.#indexAfter(this.#numberOf(record)) - 1;
    if (this.#records[index] === record) this.#records.splice(index, 1);
  }

  /** The first of them. */
  get first(): RequestRecord | undefined {
    this.#dropRemovedFirst();
    return this.#records[this.#head];
  }

  /** The one of this number. */
  find(number: number): RequestRecord | undefined {
    const record = this.#records[this.#indexAfter(number) - 1];
    return record !== undefined && !record.isRemoved && this.#numberOf(record) === number ? record : undefined;
  }

  /** Those with a higher number, the lowest first. */
  *after(number: number): Generator<RequestRecord, undefined> {
    for (let index = this.#indexAfter(number); index < this.#records.length; index += 1) {
      const record = this.#records[index];
      if (record !== undefined && !record.isRemoved) yield record;
    }
    return undefined;
  }

  /** Those with a lower number, the highest first. */
  *before(number: number): Generator<RequestRecord, undefined> {
    for (let index = this.#indexAfter(number - 1) - 1; index >= this.#head; index -= 1) {
      const record = this.#records[index];
      if (record !== undefined && !record.isRemoved) yield record;
    }
    return undefined;
  }

  #dropFirst(): void {
    this.#records[this.#head] = undefined;
    this.#head += 1;
  }

  #dropRemovedFirst(): void {
    while (this.#records[this.#head]?.isRemoved === true) {
      this.#dropFirst();
      this.#removed -= 1;
    }
  }

  #compact(): void {
    const rest = this.#records.slice(this.#head);
    this.#records = this.#removed === 0 ? rest : rest.filter((record) => record?.isRemoved === false);
    this.#head = 0;
    this.#removed = 0;
  }

  /** Index of the first record with a number above this one. */
  #indexAfter(number: number): number {
    let low = this.#head;
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
