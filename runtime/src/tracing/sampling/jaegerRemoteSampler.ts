import { type Context, context, ROOT_CONTEXT } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';
import type { SamplingResult } from '@opentelemetry/sdk-trace';
import type { Dispose } from '../../core/hostProcess.ts';
import { withTimeout } from '../../core/withTimeout.ts';
import { parseSamplingStrategy } from './parseSamplingStrategy.ts';
import { ProbabilisticSampler } from './probabilisticSampler.ts';
import type { RootSampler } from './rootSampler.ts';
import { SamplingPollError } from './samplingPollError.ts';
import type { HttpAnswer, SamplingPorts } from './samplingPorts.ts';
import type { SamplingStrategy } from './samplingStrategy.ts';
import { strategySampler } from './strategySampler.ts';

/** What a `JaegerRemoteSampler` is made of. See `JaegerRemoteSamplerConfig` for ranges. */
export interface JaegerRemoteSamplerParts {
  /** @throws TypeError from the constructor, when it is no URL. */
  readonly url: string;
  /** As the service's spans have it: Jaeger compares it letter by letter. */
  readonly serviceName: string;
  readonly pollingIntervalMillis: number;
  readonly initialSampleRatio: number;
  /** Told of the first question without a usable answer, and then at most once in ten minutes. */
  readonly onError: (error: Error) => void;
  readonly ports: SamplingPorts;
}

/** The bound of Jaeger's own clients. */
const TIMEOUT_MILLIS = 10_000;

/** Four times what a strategies file in a ConfigMap can hold. */
const MAX_BODY_BYTES = 4 * 1024 * 1024;

/** A tenth, both ways: the processes of one deployment drift apart. */
const JITTER = 0.1;

/** Until the first answer the questions come sooner: an agent that starts beside its service is there in seconds. */
const FIRST_RETRY_MILLIS = 1000;

const QUIET_MILLIS = 600_000;

/**
 * Samples as Jaeger says: asks for the strategy of a service at once, and again and again. Until the first answer, a
 * fixed share of traces is sampled; whenever there is no answer, or one that is no strategy, the last one holds.
 *
 * A new strategy leaves what it does not change as it was: a rate limit that stays keeps its balance.
 */
export class JaegerRemoteSampler implements RootSampler {
  readonly #parts: JaegerRemoteSamplerParts;
  readonly #requestUrl: string;
  readonly #shownUrl: string;
  #sampler: RootSampler;
  #hasAnswer = false;
  /** Questions in a row without a usable answer. */
  #failures = 0;
  #quietUntilMillis = Number.NEGATIVE_INFINITY;
  /** The last question, while started. */
  #question: AbortController | undefined;
  #cancelTimer: Dispose | undefined;

  constructor(parts: JaegerRemoteSamplerParts) {
    this.#parts = parts;
    const url = new URL(parts.url);
    // Not beside one that is there: Jaeger refuses a question about two services.
    url.searchParams.set('service', parts.serviceName);
    this.#requestUrl = url.href;
    this.#shownUrl = `${url.origin}${url.pathname}`;
    this.#sampler = new ProbabilisticSampler(parts.initialSampleRatio);
  }

  /**
   * Asks for the strategy now and from now on. Idempotent. To be called once OpenTelemetry's context manager is set: the
   * question would be traced otherwise.
   */
  start(): void {
    if (this.#question === undefined) this.#ask();
  }

  /** Asks no more, and drops a question that waits for its answer. What is in force stays so. Idempotent. */
  stop(): void {
    this.#cancelTimer?.();
    this.#question?.abort();
    this.#question = undefined;
  }

  shouldSample(parent: Context, traceId: string, spanName: string): SamplingResult {
    return this.#sampler.shouldSample(parent, traceId, spanName);
  }

  toString(): string {
    return `JaegerRemoteSampler{${this.#shownUrl}, ${this.#hasAnswer ? '' : 'no answer yet, '}${this.#sampler.toString()}}`;
  }

  #ask(): void {
    const question = new AbortController();
    this.#question = question;
    void this.#askOnce(question);
  }

  async #askOnce(question: AbortController): Promise<void> {
    try {
      const strategy = await this.#fetchStrategy(question.signal);
      if (this.#question === question) this.#apply(strategy);
    } catch (cause) {
      if (this.#question === question) this.#fail(cause);
    }
    // Lets go of a request that took too long.
    question.abort();
    if (this.#question !== question) return;
    this.#cancelTimer = this.#parts.ports.schedule(() => this.#ask(), this.#delayMillis());
  }

  async #fetchStrategy(signal: AbortSignal): Promise<SamplingStrategy> {
    const { status, body } = await withTimeout(this.#get(signal), {
      operation: 'the question for the sampling strategy',
      timeoutMillis: TIMEOUT_MILLIS,
      host: this.#parts.ports,
    });
    if (status === 200) return parseSamplingStrategy(body);
    throw new Error(`status ${status}: ${JSON.stringify(body.slice(0, 200).trim())}`);
  }

  // In the root context: whatever was going on when the sampler was started has nothing to do with it.
  async #get(signal: AbortSignal): Promise<HttpAnswer> {
    const { httpGet } = this.#parts.ports;
    return context.with(suppressTracing(ROOT_CONTEXT), () =>
      httpGet(this.#requestUrl, { maxBodyBytes: MAX_BODY_BYTES, signal }),
    );
  }

  #apply(strategy: SamplingStrategy): void {
    this.#sampler = strategySampler(strategy, this.#sampler, this.#parts.ports.monotonicMillis);
    this.#hasAnswer = true;
    this.#failures = 0;
  }

  #fail(cause: unknown): void {
    this.#failures += 1;
    const now = this.#parts.ports.monotonicMillis();
    if (now < this.#quietUntilMillis) return;
    this.#quietUntilMillis = now + QUIET_MILLIS;
    this.#tell(cause);
  }

  #tell(cause: unknown): void {
    const { serviceName, onError } = this.#parts;
    const inForce = this.#sampler.toString();
    try {
      onError(new SamplingPollError({ serviceName, url: this.#shownUrl, failures: this.#failures, inForce, cause }));
    } catch {
      // Nobody would catch it: it would end the process.
    }
  }

  #delayMillis(): number {
    const { pollingIntervalMillis, ports } = this.#parts;
    const interval = this.#hasAnswer
      ? pollingIntervalMillis
      : Math.min(pollingIntervalMillis, FIRST_RETRY_MILLIS * 2 ** (this.#failures - 1));
    return interval * (1 - JITTER + 2 * JITTER * ports.random());
  }
}
