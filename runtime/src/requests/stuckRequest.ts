import type { UnfinishedSpan } from '../core/unfinishedSpan.ts';
import type { RequestSnapshot } from './requestSnapshot.ts';

/** A request that has not ended for a long time, and what it is at. */
export interface StuckRequest extends RequestSnapshot {
  /** The span of its trace that started last of those that have not ended; `undefined` where none is known. */
  readonly lastUnfinishedSpan: UnfinishedSpan | undefined;
}

/** A request that has not ended. */
export interface UnfinishedRequest extends RequestSnapshot {
  /** Whether it has been unfinished for `stuckAfterMillis` or longer. */
  readonly isStuck: boolean;
  /** Of a stuck one only, as `StuckRequest` has it. */
  readonly lastUnfinishedSpan?: UnfinishedSpan;
}
