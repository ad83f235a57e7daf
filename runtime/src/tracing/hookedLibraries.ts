import type { Instrumentation } from '@opentelemetry/instrumentation';
import type { Dispose } from '../core/hostProcess.ts';

/** The libraries that tracing has changed. */
export interface HookedLibraries {
  /** What changed them, switched on. */
  readonly instrumentations: readonly Instrumentation[];
  /** Makes them what they were. */
  readonly unhook: Dispose;
}
