/** Why a finished request is no longer kept: it is too old, there are too many, or they take too much memory. */
export type EvictionReason = 'age' | 'count' | 'memory';

/**
 * How many requests there were, and where they are. Always `started = unfinished + completed + failed`, and
 * `started = kept + evicted`, all reasons taken together.
 */
export interface RequestCounts {
  readonly started: number;
  /** Pending or processing. */
  readonly unfinished: number;
  readonly completed: number;
  /** Of all reasons, `abandoned` too. */
  readonly failed: number;
  /** Those among the failed that the tracker gave up. */
  readonly abandoned: number;
  /** Those that can be asked for. */
  readonly kept: number;
  /** Those that cannot any more; they are in the statistics still. */
  readonly evicted: Readonly<Record<EvictionReason, number>>;
  /** What requests and statistics take in memory, as far as it is estimated. */
  readonly bytes: number;
}
