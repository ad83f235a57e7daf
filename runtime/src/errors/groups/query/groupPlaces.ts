import { Cursors } from '../../../core/query/cursors.ts';
import { groupSnapshotOf } from '../groupSnapshotOf.ts';
import type { FoundGroups } from './findGroups.ts';
import type { ErrorGroupPage, GroupOrder } from './groupPage.ts';

/** The places in the order of groups at which pages go on. Groups that were put back have the numbers below 1. */
export class GroupPlaces {
  readonly #cursors: Cursors<GroupOrder>;

  /** @param random - a number from 0 to below 1 */
  constructor(random: () => number) {
    this.#cursors = new Cursors(
      Math.floor(random() * 36 ** 8)
        .toString(36)
        .padStart(8, '0'),
    );
  }

  /**
   * The number below which a page goes on.
   *
   * @param restored - how many groups were put back
   * @throws InvalidCursorError for a cursor of other groups or of another order.
   */
  read(order: GroupOrder, cursor: string | undefined, highest: number, restored: number): number {
    if (cursor === undefined) return Number.POSITIVE_INFINITY;
    return this.#cursors.read(order, cursor, highest + restored) - restored;
  }

  /** Groups with the place at which the next page goes on. */
  page(order: GroupOrder, { records, lastNumber, hasMore }: FoundGroups, restored: number): ErrorGroupPage {
    const end = this.#cursors.write(order, records.length === 0 ? 0 : lastNumber + restored);
    return { groups: records.map(groupSnapshotOf), cursor: end, nextCursor: hasMore ? end : undefined };
  }
}
