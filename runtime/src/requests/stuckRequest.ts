import type { RequestSnapshot } from './requestSnapshot.ts';

/** A span that has not ended. */
export interface UnfinishedSpan {
  readonly name: string;
  /** 16 hexadecimal digits. */
  readonly spanId: string;
  /** How long ago it started, in milliseconds. */
  readonly elapsedMillis: number;
}

/** A request that has not ended for a long time, and what it is at. */
export interface StuckRequest extends RequestSnapshot {
  /** The span of its trace that started last of those that have not ended; `undefined` where none is known. */
  readonly lastUnfinishedSpan: UnfinishedSpan | undefined;
}
