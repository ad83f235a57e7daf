import { context, type MeterProvider, propagation, type Span, trace } from '@opentelemetry/api';
import type { Resource } from '@opentelemetry/resources';
import { type TraceContext, traceContextOf } from '../core/currentTraceContext.ts';
import { followMeterProvider } from '../core/followMeterProvider.ts';
import type { Dispose, HostProcess } from '../core/hostProcess.ts';
import { Listeners } from '../core/listeners.ts';
import { TextRedactor } from '../core/textRedactor.ts';
import { toError } from '../core/toError.ts';
import type { UnfinishedSpan } from '../core/unfinishedSpan.ts';
import { withTimeout } from '../core/withTimeout.ts';
import { nodeEventLoop } from './accounting/adapters/nodeEventLoop.ts';
import { BoundedSpanProcessor } from './accounting/boundedSpanProcessor.ts';
import { observeLedger } from './accounting/observeLedger.ts';
import { type SpanCounts, SpanLedger } from './accounting/spanLedger.ts';
import type { TracingConfig } from './configuration/tracingConfig.ts';
import type { SpanTransport } from './export/spanTransport.ts';
import type { HookedLibraries } from './hookedLibraries.ts';
import { type EndingTracing, flushWhenProcessEnds } from './lifecycle/flushWhenProcessEnds.ts';
import { startCrashRecords } from './lifecycle/startCrashRecords.ts';
import { createProcessResource } from './provider/createProcessResource.ts';
import { startProvider } from './provider/startProvider.ts';
import { UnfinishedSpans } from './provider/unfinishedSpans.ts';
import { nodeSamplingPorts } from './sampling/adapters/nodeSamplingPorts.ts';
import { createSampler } from './sampling/createSampler.ts';
import type { Tracing } from './tracing.ts';

/** What a `RunningTracing` is made of. */
export interface RunningTracingParts {
  readonly config: TracingConfig;
  /** The configuration as text, secrets masked. */
  readonly description: string;
  /** `undefined` where spans go nowhere. */
  readonly transport: SpanTransport | undefined;
  readonly libraries: HookedLibraries;
  readonly host: HostProcess;
  /** Never throws. */
  readonly onError: (error: Error) => void;
}

/** Tracing from its start, which is its construction, to its end. */
export class RunningTracing implements Tracing {
  readonly config: TracingConfig;
  readonly resource: Resource;
  readonly #parts: RunningTracingParts;
  readonly #ledger = new SpanLedger();
  readonly #processor: BoundedSpanProcessor | undefined;
  /** What has to be undone at the end, the last first. */
  readonly #undo: Dispose[];
  readonly #thrown: Listeners<(thrown: unknown, trace: TraceContext | undefined) => void>;
  #textRedactor = new TextRedactor();
  #unfinishedSpans: UnfinishedSpans | undefined;
  #stopped: Promise<void> | undefined;

  constructor(parts: RunningTracingParts) {
    const { config, host, onError, libraries, transport } = parts;
    this.config = config;
    this.resource = createProcessResource(config, host);
    this.#parts = parts;
    this.#thrown = new Listeners(onError);
    this.#processor = transport && this.#createProcessor(transport);
    const sampler = createSampler(config.sampler, {
      serviceName: config.serviceName,
      onError,
      ports: nodeSamplingPorts(host),
    });
    const stopProvider = startProvider({
      config,
      resource: this.resource,
      sampler,
      processor: this.#processor,
      watchFrom: (next) => (this.#unfinishedSpans = new UnfinishedSpans(next, host)),
      ledger: this.#ledger,
      libraries,
      textRedactor: () => this.#textRedactor,
      onThrown: (thrown, span) => this.#tellThrown(thrown, span),
      onError,
    });
    sampler.start();
    this.#undo = [
      libraries.unhook,
      stopProvider,
      () => sampler.stop(),
      followMeterProvider({ observe: (meter) => observeLedger(this.#ledger, meter), host }),
      startCrashRecords({
        config,
        host,
        onError,
        textRedactor: () => this.#textRedactor,
        pendingSpans: () => this.#pendingSpans(),
      }),
      flushWhenProcessEnds(this.#ending(), config, host),
    ];
  }

  stats(): SpanCounts {
    return this.#ledger.snapshot();
  }

  watchUnfinishedSpans(): (traceId: string) => UnfinishedSpan | undefined {
    this.#unfinishedSpans?.watch();
    return (traceId) => {
      const span = this.#unfinishedSpans?.last(traceId);
      return span && { ...span, name: this.#textRedactor.redactByOwnRules(span.name) };
    };
  }

  watchThrown(listener: (thrown: unknown, trace: TraceContext | undefined) => void): Dispose {
    return this.#thrown.add(listener);
  }

  useMeterProvider(provider: MeterProvider): void {
    for (const instrumentation of this.#parts.libraries.instrumentations) instrumentation.setMeterProvider(provider);
  }

  useTextRedactor(redactor: TextRedactor): void {
    this.#textRedactor = redactor;
  }

  describe(): string {
    return this.#parts.description;
  }

  async flush(): Promise<void> {
    await this.#flush();
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  #createProcessor(transport: SpanTransport): BoundedSpanProcessor {
    const { config, host, onError } = this.#parts;
    const ledger = this.#ledger;
    return new BoundedSpanProcessor({
      transport,
      limits: config.batch,
      ledger,
      host,
      eventLoop: nodeEventLoop(),
      onError,
    });
  }

  #tellThrown(thrown: unknown, span: Span): void {
    if (this.#thrown.isEmpty) return;
    const trace = traceContextOf(span.spanContext());
    this.#thrown.tell((listener) => listener(thrown, trace));
  }

  #pendingSpans(): number {
    const { queued, inFlight } = this.stats();
    return queued + inFlight;
  }

  #ending(): EndingTracing {
    return {
      flush: () => this.#flush(),
      stop: () => this.stop(),
      pendingSpans: () => this.#pendingSpans(),
      sendNow: () => this.#processor?.sendNow(),
      abandon: () => this.#processor?.abandon(),
    };
  }

  /** Whether everything was sent or lost in time. */
  async #flush(): Promise<boolean> {
    const { config, host, onError } = this.#parts;
    const letGo = host.keepAlive();
    const bound = { operation: 'flushing spans', timeoutMillis: config.shutdownTimeoutMillis, host };
    try {
      await withTimeout(this.#processor?.forceFlush() ?? Promise.resolve(), bound);
      return true;
    } catch (error) {
      onError(toError(error));
      return false;
    } finally {
      letGo();
    }
  }

  async #stop(): Promise<void> {
    const letGo = this.#parts.host.keepAlive();
    await this.#processor?.shutdown(this.config.shutdownTimeoutMillis);
    letGo();
    for (const undo of this.#undo.splice(0).reverse()) this.#attempt(undo);
    unregisterTracing();
  }

  /** An instrumentation that cannot be switched off, somebody else's perhaps, does not keep the rest switched on. */
  #attempt(undo: Dispose): void {
    try {
      undo();
    } catch (error) {
      this.#parts.onError(toError(error));
    }
  }
}

/** Takes everything that tracing registers out of OpenTelemetry's API. */
export function unregisterTracing(): void {
  trace.disable();
  context.disable();
  propagation.disable();
}
