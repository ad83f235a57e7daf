import type { UnfinishedSpan } from '../core/unfinishedSpan.ts';
import type { RequestSnapshot } from './requestSnapshot.ts';

/** A request that has not ended for a long time, and what it is at. */
export interface StuckRequest extends RequestSnapshot {
  /** The span of its trace that started last of those that have not ended; `undefined` where none is known. */
  readonly lastUnfinishedSpan: UnfinishedSpan | undefined;
}
