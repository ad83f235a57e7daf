import type { SamplingResult } from '@opentelemetry/sdk-trace';
import type { RootSampler } from './rootSampler.ts';
import { NOT_SAMPLED, SAMPLED } from './samplingResult.ts';

/** Samples every trace, or none. Root spans are not tagged with the reason: it is the same for all, and costs two attributes. */
export class ConstantSampler implements RootSampler {
  readonly #isSampled: boolean;
  readonly #result: SamplingResult;

  constructor(isSampled: boolean) {
    this.#isSampled = isSampled;
    this.#result = isSampled ? SAMPLED : NOT_SAMPLED;
  }

  shouldSample(): SamplingResult {
    return this.#result;
  }

  toString(): string {
    return `ConstantSampler{${this.#isSampled}}`;
  }
}
