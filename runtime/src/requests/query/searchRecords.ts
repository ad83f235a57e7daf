import { Highest } from '../../core/highest.ts';
import type { RequestRecord } from '../store/requestRecord.ts';
import type { RequestStore } from '../store/requestStore.ts';
import { shortestList } from './findRecords.ts';
import { durationOf, fits, type RequestFilter } from './requestFilter.ts';

/** How many records are looked at in a step: about a millisecond. */
const STEP_RECORDS = 5000;

/** Every order of finished requests. */
export const FINISHED_ORDERS = ['newest', 'slowest'] as const;

/** The order of finished requests: the one that ended last first, or the one that took longest. */
export type FinishedOrder = (typeof FINISHED_ORDERS)[number];

/** Some records, and how many there are of their kind. */
export interface FoundRecords {
  readonly records: readonly RequestRecord[];
  readonly total: number;
}

/** Some unfinished records; how many there are of their kind, and how many of these are stuck. */
export interface FoundUnfinished extends FoundRecords {
  readonly stuck: number;
}

/** The finished records that fit, the first ones of an order; of equally slow ones those that started last. Others may be let go of between steps. */
export function* searchFinished(
  store: RequestStore,
  filter: RequestFilter,
  { order, limit, nowMillis }: { readonly order: FinishedOrder; readonly limit: number; readonly nowMillis: number },
): Generator<undefined, FoundRecords> {
  if (order === 'newest' && isForAll(filter)) return newest(store, limit);
  const weightOf = order === 'newest' ? endNumber : (record: RequestRecord) => durationOf(record, nowMillis);
  const highest = new Highest<RequestRecord>(limit);
  const list = shortestList(store, filter);
  if (list === undefined) return { records: [], total: 0 };
  let before = Number.POSITIVE_INFINITY;
  let total = 0;
  for (;;) {
    let visited = 0;
    for (const record of list.before(before)) {
      before = record.sequence;
      if (record.finishSequence > 0 && fits(record, filter, nowMillis)) {
        total += 1;
        highest.offer(record, weightOf(record));
      }
      visited += 1;
      if (visited === STEP_RECORDS) break;
    }
    if (visited < STEP_RECORDS) return { records: highest.list(), total };
    yield undefined;
  }
}

/** The unfinished records that fit, the oldest first. Those that end between steps are counted, and not among the records. */
export function* searchUnfinished(
  store: RequestStore,
  filter: RequestFilter,
  given: {
    readonly limit: number;
    readonly nowMillis: number;
    readonly stuckAfterMillis: number;
    /** Those that start meanwhile have higher ones: they are not looked at, or it might never end. */
    readonly lastSequence: number;
  },
): Generator<undefined, FoundUnfinished> {
  const { limit, nowMillis, stuckAfterMillis, lastSequence } = given;
  const records: RequestRecord[] = [];
  const isAll = isForAll(filter);
  const size = store.unfinished.size;
  let total = 0;
  let stuck = 0;
  let visited = 0;
  for (const record of store.unfinished) {
    if (record.sequence > lastSequence) break;
    const isStuck = nowMillis - record.startedMillis >= stuckAfterMillis;
    // Those that follow are younger still.
    if (isAll && !isStuck && records.length === limit) return { records: unended(records), total: size, stuck };
    if (fits(record, filter, nowMillis)) {
      total += 1;
      if (isStuck) stuck += 1;
      if (records.length < limit) records.push(record);
    }
    visited += 1;
    if (visited % STEP_RECORDS === 0) yield undefined;
  }
  return { records: unended(records), total, stuck };
}

function newest(store: RequestStore, limit: number): FoundRecords {
  const records: RequestRecord[] = [];
  for (const record of store.finished.before(Number.POSITIVE_INFINITY)) {
    if (records.length === limit) break;
    records.push(record);
  }
  return { records, total: store.finished.size };
}

function isForAll(filter: RequestFilter): boolean {
  return Object.values(filter).every((value) => value === undefined);
}

function unended(records: readonly RequestRecord[]): readonly RequestRecord[] {
  return records.filter(({ finishSequence }) => finishSequence === 0);
}

function endNumber({ finishSequence }: RequestRecord): number {
  return finishSequence;
}
