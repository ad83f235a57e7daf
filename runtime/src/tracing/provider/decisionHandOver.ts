import { type IdGenerator, type Sampler, SamplingDecision, type SamplingResult } from '@opentelemetry/sdk-trace';

/** What was decided about a span before the SDK's tracer starts it. */
export interface Decided {
  readonly result: SamplingResult;
  /** Of a root: the trace ID that was drawn and shown to the sampler. */
  readonly traceId?: string;
}

const NOT_RECORDED: SamplingResult = { decision: SamplingDecision.NOT_RECORD };

/**
 * Hands decisions over to the SDK's tracer, which asks a generator for IDs and a sampler for a decision whenever it starts
 * a span. Nothing can come between putting a decision here and its being asked for: starting a span is one synchronous
 * call. A span whose decision was not put here first is not recorded.
 */
export class DecisionHandOver {
  /** The sampler for the SDK. */
  readonly sampler: Sampler;
  /** The generator for the SDK. */
  readonly idGenerator: IdGenerator;
  #decided: Decided | undefined;

  constructor(ids: IdGenerator) {
    this.sampler = {
      shouldSample: () => {
        const result = this.#decided?.result ?? NOT_RECORDED;
        this.#decided = undefined;
        return result;
      },
      toString: () => 'DecidedBefore',
    };
    this.idGenerator = {
      generateSpanId: () => ids.generateSpanId(),
      generateTraceId: () => this.#decided?.traceId ?? ids.generateTraceId(),
    };
  }

  /** What the SDK gets when it starts the next span. */
  put(decided: Decided): void {
    this.#decided = decided;
  }
}
