import type { Context } from '@opentelemetry/api';
import type { SamplingResult } from '@opentelemetry/sdk-trace';

/**
 * Decides by trace ID and name alone. Every one is also a `Sampler` of OpenTelemetry, whose further arguments it does not
 * look at; a caller need not have them ready.
 */
export interface RootSampler {
  /** The decision. Results are shared and frozen: asking leaves no garbage. */
  shouldSample(context: Context, traceId: string, spanName: string): SamplingResult;
  /** Its kind and its parameters, for a person. */
  toString(): string;
}
