import type { RequestFailure, RequestState } from '../lifecycle/requestState.ts';
import type { RequestAttribute } from '../requestSnapshot.ts';

/** The trace that a request is part of. */
export interface RequestTrace {
  readonly traceId: string;
  readonly spanId: string;
  readonly sampled: boolean;
}

/** What the tracker keeps of a request. Only the tracker changes it, and hands it to nobody. */
export interface RequestRecord {
  readonly sequence: number;
  readonly id: string;
  operation: string;
  userId: string | undefined;
  agentId: string | undefined;
  readonly parentId: string | undefined;
  readonly trace: RequestTrace | undefined;
  attributes: Readonly<Record<string, RequestAttribute>> | undefined;
  state: RequestState;
  failure: RequestFailure | undefined;
  readonly startedWallMillis: number;
  readonly startedMillis: number;
  /** When `process()` was called. */
  processingMillis: number | undefined;
  finishedMillis: number | undefined;
  /** The number of its end, from 1, in the order in which requests ended; 0 before. */
  finishSequence: number;
  /** Whether it was told of as stuck. */
  isStuck: boolean;
  /** Whether the store has let go of it. */
  isRemoved: boolean;
  /** What it takes in memory, as far as it was estimated. */
  bytes: number;
}
