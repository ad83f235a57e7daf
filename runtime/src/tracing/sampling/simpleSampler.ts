import { ProbabilisticSampler } from './probabilisticSampler.ts';
import { RateLimitingSampler } from './rateLimitingSampler.ts';
import type { RootSampler } from './rootSampler.ts';
import type { ProbabilisticStrategy, RateLimitingStrategy } from './samplingStrategy.ts';

/** A sampler that treats all operations alike. */
export type SimpleSampler = ProbabilisticSampler | RateLimitingSampler;

/** The sampler of a strategy: the previous one where it can go on, which then keeps what it has counted. */
export function simpleSampler(
  strategy: ProbabilisticStrategy | RateLimitingStrategy,
  previous: RootSampler | undefined,
  monotonicMillis: () => number,
): SimpleSampler {
  if (strategy.type === 'probabilistic') return new ProbabilisticSampler(strategy.ratio);
  const { maxTracesPerSecond } = strategy;
  if (!(previous instanceof RateLimitingSampler)) return new RateLimitingSampler(maxTracesPerSecond, monotonicMillis);
  previous.update(maxTracesPerSecond);
  return previous;
}
