import { SamplingDecision, type SamplingResult } from '@opentelemetry/sdk-trace';

/** The name of a sampler on the root span, as Jaeger's clients write it and Jaeger's adaptive sampling reads it. */
export type SamplerType = 'probabilistic' | 'ratelimiting' | 'lowerbound';

// Results are made once and shared: a sampler is asked for every span that starts, and must leave no garbage behind.

/** Not sampled. */
export const NOT_SAMPLED: SamplingResult = Object.freeze({ decision: SamplingDecision.NOT_RECORD });

/** Sampled, by a decision that was made for the parent. */
export const SAMPLED: SamplingResult = Object.freeze({ decision: SamplingDecision.RECORD_AND_SAMPLED });

/** Sampled, with the tags `sampler.type` and `sampler.param` that tell why on the root span. */
export function sampledBy(type: SamplerType, param: number): SamplingResult {
  return Object.freeze({
    decision: SamplingDecision.RECORD_AND_SAMPLED,
    attributes: Object.freeze({ 'sampler.type': type, 'sampler.param': param }),
  });
}
