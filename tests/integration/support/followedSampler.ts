import { ROOT_CONTEXT, SpanKind } from '@opentelemetry/api';
import { type Sampler, SamplingDecision } from '@opentelemetry/sdk-trace';
import { nodeHostProcess } from '../../../runtime/src/core/adapters/nodeHostProcess.ts';
import { nodeSamplingPorts } from '../../../runtime/src/tracing/sampling/adapters/nodeSamplingPorts.ts';
import { createSampler, type SamplerHandle } from '../../../runtime/src/tracing/sampling/createSampler.ts';

/** A share that no strategies file of a test has. */
export const INITIAL_RATIO = 0.987;

/** Which sampler is followed. */
export interface FollowOptions {
  readonly url: string;
  /** @defaultValue `shop` */
  readonly service?: string;
  /** Whether time passes by itself, and not by `advance` only. @defaultValue false */
  readonly realTime?: boolean;
}

/** A sampler of the runtime that asks a real server 20 times a second. */
export class FollowedSampler {
  readonly errors: Error[] = [];
  readonly #handle: SamplerHandle;
  #now = 0;

  constructor({ url, service = 'shop', realTime = false }: FollowOptions) {
    const ports = nodeSamplingPorts(nodeHostProcess());
    this.#handle = createSampler(
      {
        kind: 'jaeger_remote',
        url,
        pollingIntervalMillis: 50,
        initialSampleRatio: INITIAL_RATIO,
        parentBased: true,
      },
      {
        serviceName: service,
        onError: (error) => this.errors.push(error),
        ports: realTime ? ports : { ...ports, monotonicMillis: () => this.#now },
      },
    );
    this.#handle.start();
  }

  get sampler(): Sampler {
    return this.#handle.sampler;
  }

  /** The sampler that is in force, as text. */
  get inForce(): string {
    return this.#handle.describe();
  }

  /** Lets time pass for rate limits and lower bounds. */
  advance(millis: number): void {
    this.#now += millis;
  }

  /** The sampler's tags on a root span, or undefined for one that is not sampled. */
  tagsOf(traceId: string, operation = 'GET /'): object | undefined {
    const { decision, attributes } = this.sampler.shouldSample(
      ROOT_CONTEXT,
      traceId,
      operation,
      SpanKind.SERVER,
      {},
      [],
    );
    return decision === SamplingDecision.RECORD_AND_SAMPLED ? { ...attributes } : undefined;
  }

  /** How many of these traces are sampled. */
  countSampled(traceIds: Iterable<string>, operation?: string): number {
    let count = 0;
    for (const traceId of traceIds) if (this.tagsOf(traceId, operation) !== undefined) count += 1;
    return count;
  }

  [Symbol.dispose](): void {
    this.#handle.stop();
  }
}
