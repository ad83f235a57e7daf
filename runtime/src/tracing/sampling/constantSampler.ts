import type { SamplingResult } from '@opentelemetry/sdk-trace';
import type { RootSampler } from './rootSampler.ts';
import { NOT_SAMPLED, sampledBy } from './samplingResult.ts';

/** Samples every trace, or none. */
export class ConstantSampler implements RootSampler {
  readonly #isSampled: boolean;
  readonly #result: SamplingResult;

  constructor(isSampled: boolean) {
    this.#isSampled = isSampled;
    this.#result = isSampled ? sampledBy('const', true) : NOT_SAMPLED;
  }

  shouldSample(): SamplingResult {
    return this.#result;
  }

  toString(): string {
    return `ConstantSampler{${this.#isSampled}}`;
  }
}
