import type { TraceContext } from '../core/currentTraceContext.ts';
import type { HostProcess } from '../core/hostProcess.ts';
import type { TextRedactor } from '../core/textRedactor.ts';
import type { SeenRequest } from './occurrences/sighting.ts';

/** What an `ErrorTracker` needs from outside; each has a real default. */
export interface ErrorTrackerPorts {
  /** Clocks, timers, and what nobody catches. */
  readonly host: Pick<
    HostProcess,
    'wallMillis' | 'monotonicMillis' | 'schedule' | 'warn' | 'onUncaught' | 'onSurvivedRejection'
  >;
  /** Files of the application are called by their path from here. @defaultValue the process' working directory */
  readonly workingDirectory: string;
  /** The trace that is active. @defaultValue OpenTelemetry's active span */
  readonly currentTrace: () => TraceContext | undefined;
  /** The request that is worked on. @defaultValue none is known */
  readonly currentRequest: () => SeenRequest | undefined;
  /**
   * Takes secrets and personal data out of all that is kept.
   * @defaultValue one with the runtime's rules
   */
  readonly textRedactor: Pick<TextRedactor, 'redact'>;
  /** Gets what goes wrong in listeners and rules. @defaultValue a warning, at most once a minute */
  readonly onError: (error: Error) => void;
}
