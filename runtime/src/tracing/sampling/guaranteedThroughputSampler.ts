import type { Context } from '@opentelemetry/api';
import { SamplingDecision, type SamplingResult } from '@opentelemetry/sdk-trace';
import { ProbabilisticSampler } from './probabilisticSampler.ts';
import type { RootSampler } from './rootSampler.ts';
import { NOT_SAMPLED, sampledBy } from './samplingResult.ts';
import { TokenBucket } from './tokenBucket.ts';

/** A share of traces, and a number of traces per second that it does not fall below. */
export interface GuaranteedThroughput {
  /** Share of traces, 0 to 1. */
  readonly ratio: number;
  /** Finite, at least 0, which guarantees nothing. */
  readonly lowerBoundTracesPerSecond: number;
}

/**
 * Samples a share of traces by their ID, and others too where the share alone would give fewer than the lower bound.
 *
 * As in Jaeger's clients, a trace that the share samples counts towards the bound as well, and one that only the bound
 * samples is tagged `lowerbound` with the share as parameter.
 */
export class GuaranteedThroughputSampler implements RootSampler {
  readonly #bucket: TokenBucket;
  #probabilistic: ProbabilisticSampler;
  #sampledByBound: SamplingResult;

  constructor({ ratio, lowerBoundTracesPerSecond }: GuaranteedThroughput, monotonicMillis: () => number) {
    this.#bucket = new TokenBucket(lowerBoundTracesPerSecond, monotonicMillis);
    this.#probabilistic = new ProbabilisticSampler(ratio);
    this.#sampledByBound = sampledBy('lowerbound', ratio);
  }

  /** Changes share and bound. Traces that were sampled already still count. */
  update({ ratio, lowerBoundTracesPerSecond }: GuaranteedThroughput): void {
    this.#bucket.setRate(lowerBoundTracesPerSecond);
    if (ratio === this.#probabilistic.ratio) return;
    this.#probabilistic = new ProbabilisticSampler(ratio);
    this.#sampledByBound = sampledBy('lowerbound', ratio);
  }

  /** Whether nothing was sampled lately: it decides as a new one would. */
  isIdle(): boolean {
    return this.#bucket.isFull();
  }

  shouldSample(context: Context, traceId: string): SamplingResult {
    const byShare = this.#probabilistic.shouldSample(context, traceId);
    const isTaken = this.#bucket.take();
    if (byShare.decision === SamplingDecision.RECORD_AND_SAMPLED) return byShare;
    return isTaken ? this.#sampledByBound : NOT_SAMPLED;
  }

  toString(): string {
    return `GuaranteedThroughputSampler{${this.#probabilistic.ratio}, ${this.#bucket.ratePerSecond}/s}`;
  }
}
