import type { TraceContext } from '../core/currentTraceContext.ts';
import type { HostProcess } from '../core/hostProcess.ts';
import type { TextRedactor } from '../core/textRedactor.ts';
import type { UnfinishedSpan } from '../core/unfinishedSpan.ts';

/** What a `RequestTracker` needs from outside; each has a real default. */
export interface RequestTrackerPorts {
  /** Clocks, timers, and who is warned. */
  readonly host: Pick<HostProcess, 'wallMillis' | 'monotonicMillis' | 'schedule' | 'warn'>;
  /** A number from 0 to below 1: makes the tracker's own part of IDs. */
  readonly random: () => number;
  /** The trace that is active. @defaultValue OpenTelemetry's active span */
  readonly currentTrace: () => TraceContext | undefined;
  /** The span of a trace that started last of those that have not ended. @defaultValue none is known */
  readonly lastUnfinishedSpan: (traceId: string) => UnfinishedSpan | undefined;
  /** Where a trace can be looked at. @defaultValue nowhere that is known */
  readonly traceUrl: (traceId: string) => string | undefined;
  /**
   * Its own rules, those of the application, take out what must not be kept of operations, texts in attributes and types of
   * failures. IDs of requests, users and agents are kept as they are given.
   * @defaultValue there are none
   */
  readonly textRedactor: Pick<TextRedactor, 'redactByOwnRules'>;
  /** Gets what goes wrong in listeners. @defaultValue a warning, at most once a minute */
  readonly onError: (error: Error) => void;
}
