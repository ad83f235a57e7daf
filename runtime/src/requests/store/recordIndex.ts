import { RecordList } from './recordList.ts';
import type { RequestRecord } from './requestRecord.ts';

/** What a key and the list behind it take, in bytes, beside the key's text. */
const KEY_BYTES = 160;

/** Finds the records that have a value in common, in the order in which they started. */
export class RecordIndex {
  readonly #lists = new Map<string, RecordList>();
  #bytes = 0;

  /** What the keys take in memory, as far as it is estimated; the records count for themselves. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Those of a value. */
  of(key: string): RecordList | undefined {
    return this.#lists.get(key);
  }

  add(key: string, record: RequestRecord): void {
    const list = this.#lists.get(key);
    if (list !== undefined) return list.add(record);
    this.#lists.set(key, new RecordList(sequenceOf, record));
    this.#bytes += KEY_BYTES + key.length;
  }

  /** A record of this value was marked as removed. */
  noteRemoved(key: string): void {
    const list = this.#lists.get(key);
    list?.noteRemoved();
    this.#dropEmpty(key, list);
  }

  /** Takes a record out that gets another value. */
  take(key: string, record: RequestRecord): void {
    const list = this.#lists.get(key);
    list?.take(record);
    this.#dropEmpty(key, list);
  }

  #dropEmpty(key: string, list: RecordList | undefined): void {
    if (list?.size !== 0) return;
    this.#lists.delete(key);
    this.#bytes -= KEY_BYTES + key.length;
  }
}

/** The number by which records are in the order of their start. */
export function sequenceOf(record: RequestRecord): number {
  return record.sequence;
}
