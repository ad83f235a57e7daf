import { type Context, TraceFlags } from '@opentelemetry/api';
import type { Sampler, SamplingResult } from '@opentelemetry/sdk-trace';
import { parentOf } from './parentOf.ts';
import type { RootSampler } from './rootSampler.ts';
import { NOT_SAMPLED, SAMPLED } from './samplingResult.ts';

/**
 * Takes over the decision of the parent, here or in another process; asks another sampler for root spans. It decides as
 * the SDK's own of this name does, which makes a new result for every span and validates every parent once more.
 */
export class ParentBasedSampler implements Sampler {
  readonly #root: RootSampler;

  constructor(root: RootSampler) {
    this.#root = root;
  }

  shouldSample(context: Context, traceId: string, spanName: string): SamplingResult {
    const parent = parentOf(context, traceId);
    if (parent === undefined) return this.#root.shouldSample(context, traceId, spanName);
    return (parent.traceFlags & TraceFlags.SAMPLED) === 0 ? NOT_SAMPLED : SAMPLED;
  }

  toString(): string {
    return `ParentBased{root=${this.#root.toString()}}`;
  }
}
