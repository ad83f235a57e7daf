/// <reference lib="esnext.disposable" preserve="true" />
import type { TracingConfig } from './configuration/tracingConfig.ts';

/** Tracing that was started by `createTracing`. */
export interface Tracing {
  /** What is in force, or `undefined` where `OTEL_SDK_DISABLED` is `true` and nothing was started. */
  readonly config: TracingConfig | undefined;
  /**
   * Sends what is waiting and resolves when it is handed over, or after `shutdownTimeoutMillis`. Never rejects: what
   * goes wrong is told to `onError`.
   */
  flush(): Promise<void>;
  /**
   * Sends what is waiting, then stops tracing for good: instrumented libraries are as they were, the process can end.
   * Takes `shutdownTimeoutMillis` at most. Further calls return the same promise. Never rejects: what goes wrong is told
   * to `onError`.
   */
  shutdown(): Promise<void>;
  /** The same as `shutdown()`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}
