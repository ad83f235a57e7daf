import type { Dispose } from '../core/hostProcess.ts';
import { type SpanCounts, SpanLedger } from './accounting/spanLedger.ts';
import type { Tracing } from './tracing.ts';

/** Tracing that was switched off: nothing was started, and nothing is there to be stopped. */
export class DisabledTracing implements Tracing {
  readonly config = undefined;
  readonly resource = undefined;

  stats(): SpanCounts {
    return new SpanLedger().snapshot();
  }

  watchUnfinishedSpans(): () => undefined {
    return () => undefined;
  }

  watchThrown(): Dispose {
    return () => undefined;
  }

  useMeterProvider(): void {
    return undefined;
  }

  useTextRedactor(): void {
    return undefined;
  }

  describe(): string {
    return 'Tracing is disabled.';
  }

  flush(): Promise<void> {
    return Promise.resolve();
  }

  stop(): Promise<void> {
    return Promise.resolve();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return Promise.resolve();
  }
}
