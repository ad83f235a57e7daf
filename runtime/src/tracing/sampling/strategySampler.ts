import { PerOperationSampler } from './perOperationSampler.ts';
import type { RootSampler } from './rootSampler.ts';
import type { SamplingStrategy } from './samplingStrategy.ts';
import { simpleSampler } from './simpleSampler.ts';

/** The sampler of a strategy: the previous one where it can go on, which then keeps what it has counted. */
export function strategySampler(
  strategy: SamplingStrategy,
  previous: RootSampler,
  monotonicMillis: () => number,
): RootSampler {
  // A rate limit of all operations is the same limit where some are listed beside it.
  const isPerOperation = previous instanceof PerOperationSampler;
  const forAll = isPerOperation ? previous.fallback : previous;
  if (strategy.type !== 'peroperation') return simpleSampler(strategy, forAll, monotonicMillis);
  if (!isPerOperation) return new PerOperationSampler(strategy, monotonicMillis, forAll);
  previous.update(strategy);
  return previous;
}
