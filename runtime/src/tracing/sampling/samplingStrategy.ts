/** A share of traces. */
export interface ProbabilisticStrategy {
  readonly type: 'probabilistic';
  /** Share of traces, 0 to 1. */
  readonly ratio: number;
}

/** A number of traces per second. */
export interface RateLimitingStrategy {
  readonly type: 'ratelimiting';
  /** Finite, at least 0. */
  readonly maxTracesPerSecond: number;
}

/** A strategy for all operations but some. */
export interface PerOperationStrategy {
  readonly type: 'peroperation';
  /** What holds for operations that are not listed. */
  readonly fallback: ProbabilisticStrategy | RateLimitingStrategy;
  /**
   * Traces per second that every operation gets which is sampled by a share, finite, at least 0. Strategy files cannot
   * set it; adaptive sampling does.
   */
  readonly lowerBoundTracesPerSecond: number;
  /** Shares of traces by operation, that is by the name of the root span. */
  readonly ratios: ReadonlyMap<string, number>;
}

/** How Jaeger wants the traces of one service sampled. */
export type SamplingStrategy = ProbabilisticStrategy | RateLimitingStrategy | PerOperationStrategy;
