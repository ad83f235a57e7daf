/// <reference lib="esnext.disposable" preserve="true" />
import type { MeterProvider } from '@opentelemetry/api';
import type { TraceContext } from '../core/currentTraceContext.ts';
import type { Dispose } from '../core/hostProcess.ts';
import type { ProcessResource } from '../core/processResource.ts';
import type { TextRedactor } from '../core/textRedactor.ts';
import type { UnfinishedSpan } from '../core/unfinishedSpan.ts';
import type { SpanCounts } from './accounting/spanLedger.ts';
import type { TracingConfig } from './configuration/tracingConfig.ts';

/** Tracing that was started by `createTracing`. */
export interface Tracing {
  /** What is in force, or `undefined` where tracing is disabled and nothing was started. */
  readonly config: TracingConfig | undefined;
  /** What the process is, as its spans say it; `undefined` where tracing is disabled. */
  readonly resource: ProcessResource | undefined;
  /** How many spans were made and what became of them, at this instant. */
  stats(): SpanCounts;
  /**
   * Keeps track, from now on, of the spans that have not ended: 20,000 at most, which take 11 MB at most.
   *
   * @returns tells which span of a trace started last of those that have not ended, by the name that it started with
   */
  watchUnfinishedSpans(): (traceId: string) => UnfinishedSpan | undefined;
  /**
   * Tells a listener, from now on, of whatever is recorded as an exception on a span, of one that is not sampled too, and of
   * which trace. What a traced function throws in a trace that is not sampled is nowhere recorded, and not told.
   */
  watchThrown(listener: (thrown: unknown, trace: TraceContext | undefined) => void): Dispose;
  /** Libraries that are instrumented show their metrics, such as `http.server.request.duration`, on this from now on. */
  useMeterProvider(provider: MeterProvider): void;
  /**
   * Takes out of the spans that end from now on, and of crash records, what this redactor finds, in the place of one with the
   * runtime's rules alone: what all of these find in errors, and what the rules of the application's own find in names, attributes,
   * events, links and status of every span. `createObservability` does so with its `textRules`.
   */
  useTextRedactor(redactor: TextRedactor): void;
  /**
   * The configuration that is in force as text for a person: every setting with its value and where that comes from.
   * Secrets are masked; it may be logged.
   */
  describe(): string;
  /**
   * Sends what is waiting and resolves when it is handed over, or after `shutdownTimeoutMillis`. Never rejects: what
   * goes wrong is told to `onError`.
   */
  flush(): Promise<void>;
  /**
   * Sends what is waiting, then stops tracing for good: instrumented libraries are as they were, the process can end.
   * Takes `shutdownTimeoutMillis` at most; what is still waiting then is counted as dropped. Further calls return the
   * same promise. Never rejects: what goes wrong is told to `onError`.
   */
  stop(): Promise<void>;
  /** The same as `stop()`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}
