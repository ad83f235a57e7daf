import type { Context } from '@opentelemetry/api';
import { type Sampler, SamplingDecision, type SamplingResult } from '@opentelemetry/sdk-trace';
import { parentOf } from './parentOf.ts';
import type { RootSampler } from './rootSampler.ts';
import { SAMPLED } from './samplingResult.ts';

/** Asks another sampler for every span, whatever was decided for its parent. Only root spans are tagged with the reason. */
export class EverySpanSampler implements Sampler {
  readonly #sampler: RootSampler;

  constructor(sampler: RootSampler) {
    this.#sampler = sampler;
  }

  shouldSample(context: Context, traceId: string, spanName: string): SamplingResult {
    const result = this.#sampler.shouldSample(context, traceId, spanName);
    const isTagged = result.decision === SamplingDecision.RECORD_AND_SAMPLED;
    return isTagged && parentOf(context, traceId) !== undefined ? SAMPLED : result;
  }

  toString(): string {
    return this.#sampler.toString();
  }
}
