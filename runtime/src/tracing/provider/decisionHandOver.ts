import { type IdGenerator, type Sampler, SamplingDecision, type SamplingResult } from '@opentelemetry/sdk-trace';

/** What was decided about a span before the SDK's tracer starts it. */
export interface Decided {
  readonly result: SamplingResult;
  /** Of a root: the trace ID that was drawn and shown to the sampler. */
  readonly traceId?: string;
}

/** Of a span that the SDK is asked for by somebody else: it is not recorded. */
const NOTHING_DECIDED: Decided = { result: { decision: SamplingDecision.NOT_RECORD } };

/**
 * Hands decisions over to the SDK's tracer, which asks a generator for IDs and a sampler for a decision whenever it starts
 * a span. In between it reads attributes, whose getters may start spans themselves: so a decision is put here for one
 * start, and the one before it is put back afterwards.
 */
export class DecisionHandOver {
  /** The sampler for the SDK. */
  readonly sampler: Sampler;
  /** The generator for the SDK. */
  readonly idGenerator: IdGenerator;
  #decided: Decided = NOTHING_DECIDED;

  constructor(ids: IdGenerator) {
    this.sampler = {
      shouldSample: () => this.#decided.result,
      toString: () => 'DecidedBefore',
    };
    this.idGenerator = {
      generateSpanId: () => ids.generateSpanId(),
      generateTraceId: () => this.#decided.traceId ?? ids.generateTraceId(),
    };
  }

  /** Makes `decided` what the SDK gets, and returns what it got before. */
  exchange(decided: Decided): Decided {
    const before = this.#decided;
    this.#decided = decided;
    return before;
  }
}
