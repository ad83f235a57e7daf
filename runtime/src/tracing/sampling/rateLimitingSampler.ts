import type { SamplingResult } from '@opentelemetry/sdk-trace';
import type { RootSampler } from './rootSampler.ts';
import { NOT_SAMPLED, sampledBy } from './samplingResult.ts';
import { TokenBucket } from './tokenBucket.ts';

/** Samples up to a number of traces per second, the first ones that come. See `TokenBucket` for bursts. */
export class RateLimitingSampler implements RootSampler {
  readonly #bucket: TokenBucket;
  #sampled: SamplingResult;

  /** @param maxTracesPerSecond - Finite, at least 0. Below 1 it is one trace every so many seconds; at 0, none. */
  constructor(maxTracesPerSecond: number, monotonicMillis: () => number) {
    this.#bucket = new TokenBucket(maxTracesPerSecond, monotonicMillis);
    this.#sampled = sampledBy('ratelimiting', maxTracesPerSecond);
  }

  /** Changes the limit. Traces that were sampled already still count. */
  update(maxTracesPerSecond: number): void {
    this.#bucket.setRate(maxTracesPerSecond);
    this.#sampled = sampledBy('ratelimiting', maxTracesPerSecond);
  }

  shouldSample(): SamplingResult {
    return this.#bucket.take() ? this.#sampled : NOT_SAMPLED;
  }

  toString(): string {
    return `RateLimitingSampler{${this.#bucket.ratePerSecond}}`;
  }
}
