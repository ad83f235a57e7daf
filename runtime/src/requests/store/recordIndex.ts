import { RecordList } from './recordList.ts';
import type { RequestRecord } from './requestRecord.ts';

/** What a key and the list behind it take, in bytes, beside the key's text. */
const KEY_BYTES = 220;

interface KeyedList {
  readonly key: string;
  readonly records: RecordList;
}

/** Finds the records that have a value in common, in the order in which they started. */
export class RecordIndex {
  readonly #lists = new Map<string, KeyedList>();
  #bytes = 0;

  /** What the keys take in memory, as far as it is estimated; the records count for themselves. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Those of a value. */
  of(key: string): RecordList | undefined {
    return this.#lists.get(key)?.records;
  }

  /** The text by which a value is kept already, so that it is kept once for all. */
  keptKey(key: string): string | undefined {
    return this.#lists.get(key)?.key;
  }

  /** Adds a record that started after all others. */
  push(key: string, record: RequestRecord): void {
    const list = this.#lists.get(key);
    if (list === undefined) this.#create(key, record);
    else list.records.push(record);
  }

  /** Adds a record that started before others, perhaps. */
  insert(key: string, record: RequestRecord): void {
    const list = this.#lists.get(key);
    if (list === undefined) this.#create(key, record);
    else list.records.insert(record);
  }

  /** A record of this value was marked as removed. */
  noteRemoved(key: string, record: RequestRecord): void {
    const records = this.of(key);
    records?.noteRemoved(record);
    this.#dropEmpty(key, records);
  }

  /** Takes a record out that gets another value. */
  take(key: string, record: RequestRecord): void {
    const records = this.of(key);
    records?.take(record);
    this.#dropEmpty(key, records);
  }

  #create(key: string, record: RequestRecord): void {
    this.#lists.set(key, { key, records: new RecordList(sequenceOf, record) });
    this.#bytes += KEY_BYTES + key.length;
  }

  #dropEmpty(key: string, records: RecordList | undefined): void {
    if (records?.size !== 0) return;
    this.#lists.delete(key);
    this.#bytes -= KEY_BYTES + key.length;
  }
}

/** The number by which records are in the order of their start. */
export function sequenceOf(record: RequestRecord): number {
  return record.sequence;
}
