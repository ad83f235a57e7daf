import type { Context } from '@opentelemetry/api';
import type { SamplingResult } from '@opentelemetry/sdk-trace';
import { type GuaranteedThroughput, GuaranteedThroughputSampler } from './guaranteedThroughputSampler.ts';
import type { RootSampler } from './rootSampler.ts';
import type { PerOperationStrategy } from './samplingStrategy.ts';
import { type SimpleSampler, simpleSampler } from './simpleSampler.ts';

/** How many operations may have a lower bound of their own, as in Jaeger's clients. */
const MAX_OPERATIONS = 2000;

/** Names that an application makes up may be of any length: 2000 long ones could take gigabytes. */
const MAX_LEARNED_NAME_LENGTH = 1000;

/**
 * Samples every operation, that is every name of a root span, by a strategy of its own.
 *
 * Listed operations have the listed share. Every other one has what is said for all others, and where that is a share
 * with a lower bound, a bound of its own from when it is first seen, up to 2000 operations in all: beyond that the share
 * alone decides. So the memory is bounded, whatever names an application makes up.
 */
export class PerOperationSampler implements RootSampler {
  readonly #monotonicMillis: () => number;
  /** By name: the listed operations, and those that were learned. */
  #operations = new Map<string, GuaranteedThroughputSampler>();
  #fallback: SimpleSampler;
  /** What an operation gets that is not listed, if that is a bound of its own. */
  #learnable: GuaranteedThroughput | undefined;

  /** @param previous - What sampled before and is given up: where the fallback can go on with it, it does. */
  constructor(strategy: PerOperationStrategy, monotonicMillis: () => number, previous?: RootSampler) {
    this.#monotonicMillis = monotonicMillis;
    this.#fallback = simpleSampler(strategy.fallback, previous, monotonicMillis);
    this.update(strategy);
  }

  /** What samples the operations that are not listed. */
  get fallback(): RootSampler {
    return this.#fallback;
  }

  /** Changes the strategy. Traces that were sampled already still count, by operation. */
  update(strategy: PerOperationStrategy): void {
    const { fallback, ratios, lowerBoundTracesPerSecond } = strategy;
    const previous = this.#operations;
    this.#fallback = simpleSampler(fallback, this.#fallback, this.#monotonicMillis);
    this.#learnable = learnableThroughput(strategy);
    this.#operations = new Map();
    for (const [name, ratio] of ratios) this.#set(name, { ratio, lowerBoundTracesPerSecond }, previous.get(name));
    for (const [name, sampler] of previous) this.#keep(name, sampler);
  }

  shouldSample(context: Context, traceId: string, spanName: string): SamplingResult {
    const sampler: RootSampler = this.#operations.get(spanName) ?? this.#learn(spanName);
    return sampler.shouldSample(context, traceId, spanName);
  }

  toString(): string {
    return `PerOperationSampler{${this.#fallback.toString()}, ${this.#operations.size} operations}`;
  }

  #learn(name: string): RootSampler {
    return this.#learnable !== undefined && this.#hasRoomFor(name)
      ? this.#set(name, this.#learnable, undefined)
      : this.#fallback;
  }

  // One that is idle would be the same if it were learned anew: forgetting it makes room, and changes no decision.
  #keep(name: string, sampler: GuaranteedThroughputSampler): void {
    if (this.#learnable === undefined || this.#operations.has(name) || !this.#hasRoomFor(name)) return;
    if (!sampler.isIdle()) this.#set(name, this.#learnable, sampler);
  }

  #hasRoomFor(name: string): boolean {
    return this.#operations.size < MAX_OPERATIONS && name.length <= MAX_LEARNED_NAME_LENGTH;
  }

  #set(
    name: string,
    throughput: GuaranteedThroughput,
    previous: GuaranteedThroughputSampler | undefined,
  ): GuaranteedThroughputSampler {
    const sampler = previous ?? new GuaranteedThroughputSampler(throughput, this.#monotonicMillis);
    sampler.update(throughput);
    this.#operations.set(name, sampler);
    return sampler;
  }
}

function learnableThroughput(strategy: PerOperationStrategy): GuaranteedThroughput | undefined {
  const { fallback, lowerBoundTracesPerSecond } = strategy;
  if (fallback.type === 'ratelimiting' || lowerBoundTracesPerSecond === 0) return undefined;
  return { ratio: fallback.ratio, lowerBoundTracesPerSecond };
}
