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
  if (strategy.type !== 'peroperation') return simpleSampler(strategy, previous, monotonicMillis);
  if (!(previous instanceof PerOperationSampler)) return new PerOperationSampler(strategy, monotonicMillis);
  previous.update(strategy);
  return previous;
}
