import type { RecordList } from '../store/recordList.ts';
import type { RequestRecord } from '../store/requestRecord.ts';
import type { IndexedField, RequestStore } from '../store/requestStore.ts';
import { fits, type RequestFilter } from './requestFilter.ts';

/** Some records, and the number of the last one where there are more. */
export interface RecordPage {
  readonly records: readonly RequestRecord[];
  readonly lastNumber: number | undefined;
}

const INDEXED_FIELDS = ['userId', 'agentId', 'operation'] as const satisfies readonly IndexedField[];

/** The records that fit and started before number `before`, the last one first. */
export function findRecords(
  store: RequestStore,
  filter: RequestFilter,
  { limit, before, nowMillis }: { readonly limit: number; readonly before: number; readonly nowMillis: number },
): RecordPage {
  const list = shortestList(store, filter);
  const records: RequestRecord[] = [];
  for (const record of list?.before(before) ?? []) {
    if (!fits(record, filter, nowMillis)) continue;
    if (records.length === limit) return { records, lastNumber: records.at(-1)?.sequence };
    records.push(record);
  }
  return { records, lastNumber: undefined };
}

/** The list with the fewest records that holds all that fit; none where one of the values is not known at all. */
export function shortestList(store: RequestStore, filter: RequestFilter): RecordList | undefined {
  let shortest: RecordList = store.started;
  for (const field of INDEXED_FIELDS) {
    const value = filter[field];
    if (value === undefined) continue;
    const list = store.having(field, value);
    if (list === undefined) return undefined;
    if (list.size < shortest.size) shortest = list;
  }
  return shortest;
}
