import type { OperationStrategy, SamplingStrategies } from '../../infra/jaeger/samplingStrategies.ts';

/** What a client that asks for a service's strategy must be answered, according to our model alone. */
export function samplingAnswer(strategies: SamplingStrategies, service: string): unknown {
  const own = strategies.services.find((listed) => listed.service === service) ?? strategies.default;
  if (own.type === 'ratelimiting') {
    return { strategyType: 'RATE_LIMITING', rateLimitingSampling: { maxTracesPerSecond: own.param } };
  }
  const operations = withInherited(own.operations, strategies.default);
  const answer = { strategyType: 'PROBABILISTIC', probabilisticSampling: { samplingRate: own.param } };
  return operations.length === 0 ? answer : { ...answer, operationSampling: operationSampling(own.param, operations) };
}

function withInherited(
  own: readonly OperationStrategy[],
  fallback: SamplingStrategies['default'],
): readonly OperationStrategy[] {
  const inherited = fallback.type === 'probabilistic' ? fallback.operations : [];
  const listed = new Set(own.map(({ operation }) => operation));
  return [...own, ...inherited.filter(({ operation }) => !listed.has(operation))];
}

function operationSampling(share: number, operations: readonly OperationStrategy[]) {
  return {
    defaultSamplingProbability: share,
    defaultLowerBoundTracesPerSecond: 0,
    defaultUpperBoundTracesPerSecond: 0,
    perOperationStrategies: operations.map(({ operation, param }) => ({
      operation,
      probabilisticSampling: { samplingRate: param },
    })),
  };
}
