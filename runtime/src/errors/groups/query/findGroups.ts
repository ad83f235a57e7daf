import type { GroupRecord } from '../store/groupRecord.ts';
import { type ErrorGroupFilter, fitsGroup } from './groupFilter.ts';
import type { GroupOrder } from './groupPage.ts';

/** Some groups. */
export interface FoundGroups {
  readonly records: readonly GroupRecord[];
  /** The number of the last one; 0, below which none is, where there is none. */
  readonly lastNumber: number;
  readonly hasMore: boolean;
}

/** The groups that fit and whose number is below `before`, the highest first. */
export function findGroups(
  groups: Iterable<GroupRecord>,
  filter: ErrorGroupFilter,
  { limit, order, before }: { readonly limit: number; readonly order: GroupOrder; readonly before: number },
): FoundGroups {
  const found: GroupRecord[] = [];
  for (const record of groups) if (numberIn(order, record) < before && fitsGroup(record, filter)) found.push(record);
  found.sort((first, second) => numberIn(order, second) - numberIn(order, first));
  const records = found.slice(0, limit);
  const last = records.at(-1);
  return { records, lastNumber: last === undefined ? 0 : numberIn(order, last), hasMore: found.length > limit };
}

function numberIn(order: GroupOrder, record: GroupRecord): number {
  return order === 'firstSeen' ? record.number : record.lastNumber;
}
