/** Samples a fixed share of traces. */
export interface ProbabilisticStrategy {
  readonly type: 'probabilistic';
  /** Share of traces, 0 to 1. */
  readonly param: number;
}

/** The strategy of one operation (a span name) of a service; Jaeger supports no other type there. */
export interface OperationStrategy extends ProbabilisticStrategy {
  /** Name of the root span. */
  readonly operation: string;
}

/** A share of traces, with exceptions for single operations. */
export interface ProbabilisticServiceStrategy extends ProbabilisticStrategy {
  readonly operations: readonly OperationStrategy[];
}

/** Samples up to a number of traces per second and process. */
export interface RateLimitingStrategy {
  readonly type: 'ratelimiting';
  /** Traces per second, a whole number. */
  readonly param: number;
}

/** How a service is sampled. */
export type ServiceStrategy = ProbabilisticServiceStrategy | RateLimitingStrategy;

/** How all services are sampled: `services` by name, every other one by `default`. */
export interface SamplingStrategies {
  /** Sampling of every service that is not listed. */
  readonly default: ServiceStrategy;
  /** Sampling of single services. */
  readonly services: readonly (ServiceStrategy & { readonly service: string })[];
}

/** Writes the file that Jaeger's collector reads (`SAMPLING_STRATEGIES_FILE`). */
export function samplingStrategiesFile(strategies: SamplingStrategies): string {
  const file = {
    default_strategy: strategyEntry(strategies.default),
    service_strategies: strategies.services.map((strategy) => ({
      service: strategy.service,
      ...strategyEntry(strategy),
    })),
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

function strategyEntry(strategy: ServiceStrategy) {
  const { type, param } = strategy;
  if (type === 'ratelimiting' || strategy.operations.length === 0) return { type, param };
  return { type, param, operation_strategies: strategy.operations };
}
