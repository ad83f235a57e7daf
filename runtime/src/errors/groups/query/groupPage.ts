import type { ErrorGroupSnapshot } from '../../errorGroupSnapshot.ts';

/** Every order of groups. */
export const GROUP_ORDERS = ['lastSeen', 'firstSeen'] as const;

/** The order of groups, the newest first: that of their last error, or of their first. */
export type GroupOrder = (typeof GROUP_ORDERS)[number];

/** Which page is asked for. */
export interface GroupPageQuery {
  /** Most groups of the page, 1 to 1000. @defaultValue 50 */
  readonly limit?: number;
  /**
   * In the order of `lastSeen`, groups that are seen again while pages are read are among the first again, and are missed
   * where they were not read before; none is read twice. In the order of `firstSeen` none is missed.
   * @defaultValue `lastSeen`
   */
  readonly order?: GroupOrder;
  /** Where the page before has ended. @defaultValue from the beginning */
  readonly cursor?: string;
}

/** Some groups of those that were asked for. */
export interface ErrorGroupPage {
  readonly groups: readonly ErrorGroupSnapshot[];
  /** After the last of these, on the last page, too: there are none after it then. */
  readonly cursor: string;
  /** For the next page; `undefined` on the last. */
  readonly nextCursor: string | undefined;
}
