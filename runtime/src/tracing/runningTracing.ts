import { context, propagation, trace } from '@opentelemetry/api';
import type { Instrumentation } from '@opentelemetry/instrumentation';
import type { SpanProcessor } from '@opentelemetry/sdk-trace';
import type { Dispose, HostProcess } from '../core/hostProcess.ts';
import { withTimeout } from '../core/withTimeout.ts';
import { flushWhenProcessEnds } from './flushWhenProcessEnds.ts';
import type { GuardedSpanExporter } from './guardedSpanExporter.ts';
import type { Tracing } from './tracing.ts';
import type { TracingConfig } from './configuration/tracingConfig.ts';

/** The parts that a `RunningTracing` holds together. */
export interface RunningTracingParts {
  readonly config: TracingConfig;
  readonly sdk: { shutdown: () => Promise<void> };
  readonly processor: SpanProcessor;
  readonly exporter: GuardedSpanExporter;
  readonly instrumentations: readonly Instrumentation[];
  readonly host: HostProcess;
  readonly onError: (error: Error) => void;
}

/** Tracing between its start and its shutdown. */
export class RunningTracing implements Tracing {
  readonly config: TracingConfig;
  readonly #parts: RunningTracingParts;
  readonly #ignoreProcessEnd: Dispose;
  #shutdown: Promise<void> | undefined;

  constructor(parts: RunningTracingParts) {
    this.config = parts.config;
    this.#parts = parts;
    this.#ignoreProcessEnd = flushWhenProcessEnds(this, parts.config, parts.host);
  }

  async flush(): Promise<void> {
    await this.#bounded('flushing spans', this.#send());
  }

  shutdown(): Promise<void> {
    this.#shutdown ??= this.#stop();
    return this.#shutdown;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.shutdown();
  }

  async #stop(): Promise<void> {
    this.#ignoreProcessEnd();
    await this.#bounded('flushing spans at shutdown', this.#end());
    this.#parts.exporter.abandon();
    for (const instrumentation of this.#parts.instrumentations) instrumentation.disable();
    trace.disable();
    context.disable();
    propagation.disable();
  }

  async #end(): Promise<void> {
    // The processor leaves its exporter open when the last flush fails; so it is closed here.
    await this.#parts.sdk.shutdown().catch(reportedByTheExporter);
    await this.#parts.exporter.shutdown();
  }

  async #send(): Promise<void> {
    await this.#parts.processor.forceFlush().catch(reportedByTheExporter);
    // A batch that left on schedule is no longer the processor's to wait for.
    await this.#parts.exporter.forceFlush();
  }

  async #bounded(operation: string, work: Promise<void>): Promise<void> {
    const { config, host, onError } = this.#parts;
    try {
      await withTimeout(work, { operation, timeoutMillis: config.shutdownTimeoutMillis, host });
    } catch (error) {
      onError(error instanceof Error ? error : new Error(String(error)));
    }
  }
}

/** Failed exports reject the processor's promises too; `GuardedSpanExporter` has told `onError` of each by then. */
function reportedByTheExporter(): void {
  return undefined;
}
