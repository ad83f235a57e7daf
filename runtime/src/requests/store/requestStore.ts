import { isFinished } from '../lifecycle/requestState.ts';
import type { OwnIds } from './ownIds.ts';
import { RecordIndex, sequenceOf } from './recordIndex.ts';
import { RecordList } from './recordList.ts';
import { recordBytes } from './recordBytes.ts';
import type { RequestRecord } from './requestRecord.ts';

/** The values by which records are found without looking at all of them. */
export type IndexedField = 'operation' | 'userId' | 'agentId';

/** Keeps records, and finds them by ID, by what they have in common, in the order of their start and of their end. */
export class RequestStore {
  /** Every record, in the order of its start. */
  readonly started = new RecordList(sequenceOf);
  /** The finished ones, in the order of their end. */
  readonly finished = new RecordList((record) => record.finishSequence);
  /** The others, in the order of their start. */
  readonly unfinished = new Set<RequestRecord>();
  /** Those that were given their IDs; the others are found by the numbers in theirs. */
  readonly #byGivenId = new Map<string, RequestRecord>();
  readonly #ids: OwnIds;
  readonly #indexes = { operation: new RecordIndex(), userId: new RecordIndex(), agentId: new RecordIndex() };
  #recordBytes = 0;

  constructor(ids: OwnIds) {
    this.#ids = ids;
  }

  get size(): number {
    return this.started.size;
  }

  /** What all of it takes in memory, as far as it is estimated. */
  get bytes(): number {
    const { operation, userId, agentId } = this.#indexes;
    return this.#recordBytes + operation.bytes + userId.bytes + agentId.bytes;
  }

  /** Callers without types ask for anything. */
  get(id: unknown): RequestRecord | undefined {
    if (typeof id !== 'string') return undefined;
    const given = this.#byGivenId.get(id);
    if (given !== undefined) return given;
    const sequence = this.#ids.sequenceOf(id);
    const own = sequence === undefined ? undefined : this.started.find(sequence);
    return own?.givenId === undefined ? own : undefined;
  }

  /** Whether any of the records was given its ID. */
  get hasGivenIds(): boolean {
    return this.#byGivenId.size > 0;
  }

  /** The records that have a value in common, in the order of their start. */
  having(field: IndexedField, value: string): RecordList | undefined {
    return this.#indexes[field].of(value);
  }

  /** The text by which a value is kept already, so that it is kept once for all. */
  keptValue(field: IndexedField, value: string): string | undefined {
    return this.#indexes[field].keptKey(value);
  }

  /** Adds a request that has just started. */
  add(record: RequestRecord): void {
    if (record.givenId !== undefined) this.#byGivenId.set(record.givenId, record);
    this.started.push(record);
    this.unfinished.add(record);
    const { operation, userId, agentId } = record;
    this.#indexes.operation.push(operation, record);
    if (userId !== undefined) this.#indexes.userId.push(userId, record);
    if (agentId !== undefined) this.#indexes.agentId.push(agentId, record);
    this.#measure(record);
  }

  /** Gives a record another value of an indexed field. */
  change(record: RequestRecord, field: IndexedField, value: string): void {
    const before = record[field];
    if (before === value) return;
    if (before !== undefined) this.#indexes[field].take(before, record);
    record[field] = value;
    this.#indexes[field].insert(value, record);
  }

  /** The record holds other texts now. */
  measureAgain(record: RequestRecord): void {
    this.#recordBytes -= record.bytes;
    this.#measure(record);
  }

  /** The record has ended. */
  finish(record: RequestRecord): void {
    this.unfinished.delete(record);
    this.finished.push(record);
    if (record.failure?.type !== undefined) this.measureAgain(record);
  }

  /** Lets go of a record. */
  remove(record: RequestRecord): void {
    record.isRemoved = true;
    if (record.givenId !== undefined) this.#byGivenId.delete(record.givenId);
    this.started.noteRemoved(record);
    if (isFinished(record.state)) this.finished.noteRemoved(record);
    else this.unfinished.delete(record);
    const { operation, userId, agentId } = record;
    this.#indexes.operation.noteRemoved(operation, record);
    if (userId !== undefined) this.#indexes.userId.noteRemoved(userId, record);
    if (agentId !== undefined) this.#indexes.agentId.noteRemoved(agentId, record);
    this.#recordBytes -= record.bytes;
  }

  #measure(record: RequestRecord): void {
    record.bytes = recordBytes(record);
    this.#recordBytes += record.bytes;
  }
}
