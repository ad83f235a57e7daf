import type { RequestSnapshot } from '../requestSnapshot.ts';
import type { UnfinishedRequest } from '../stuckRequest.ts';
import type { RequestFilter } from './requestFilter.ts';
import type { FinishedOrder } from './searchRecords.ts';

/** Which page is asked for. */
export interface PageQuery {
  /** Most requests of the page, 1 to 1000. @defaultValue 50 */
  readonly limit?: number;
  /** Where the page before has ended. @defaultValue from the beginning */
  readonly cursor?: string;
}

/** Some requests of those that were asked for. */
export interface RequestPage {
  readonly requests: readonly RequestSnapshot[];
  /** For the next page; `undefined` on the last. */
  readonly nextCursor: string | undefined;
}

/** Which finished requests are asked for. */
export interface FinishedPageQuery extends PageQuery {
  readonly filter?: RequestFilter;
}

/** Some of the requests that have ended. */
export interface FinishedPage {
  readonly requests: readonly RequestSnapshot[];
  /** Where the next page begins: now, or when more have ended. */
  readonly cursor: string;
  /** How many requests ended after the given cursor and were let go of before this page; whether they fit is not known. */
  readonly missed: number;
  /** Whether no more have ended so far. */
  readonly done: boolean;
}

/** How finished requests are looked for. */
export interface FinishedSearch {
  /** Most requests, 1 to 1000. @defaultValue 50 */
  readonly limit?: number;
  /** @defaultValue `newest` */
  readonly order?: FinishedOrder;
}

/** The first of the finished requests that fit. */
export interface FoundFinished {
  readonly requests: readonly RequestSnapshot[];
  /** How many fit. */
  readonly total: number;
}

/** The oldest of the unfinished requests that fit. */
export interface FoundUnfinished {
  readonly requests: readonly UnfinishedRequest[];
  /** How many fit. */
  readonly total: number;
  /** How many of these are stuck. */
  readonly stuck: number;
}
