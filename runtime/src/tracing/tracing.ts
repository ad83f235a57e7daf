/// <reference lib="esnext.disposable" preserve="true" />
import type { MeterProvider } from '@opentelemetry/api';
import type { UnfinishedSpan } from '../core/unfinishedSpan.ts';
import type { SpanCounts } from './accounting/spanLedger.ts';
import type { TracingConfig } from './configuration/tracingConfig.ts';

/** Tracing that was started by `createTracing`. */
export interface Tracing {
  /** What is in force, or `undefined` where tracing is disabled and nothing was started. */
  readonly config: TracingConfig | undefined;
  /** How many spans were made and what became of them, at this instant. */
  stats(): SpanCounts;
  /**
   * Keeps track, from now on, of the spans that have not ended: 20,000 at most, which take 11 MB at most.
   *
   * @returns tells which span of a trace started last of those that have not ended, by the name that it started with
   */
  watchUnfinishedSpans(): (traceId: string) => UnfinishedSpan | undefined;
  /** Libraries that are instrumented show their metrics, such as `http.server.request.duration`, on this from now on. */
  useMeterProvider(provider: MeterProvider): void;
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
