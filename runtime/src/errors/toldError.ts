import type { TraceContext } from '../core/currentTraceContext.ts';
import type { CaptureOptions } from './captureOptions.ts';
import type { CaptureSource } from './capturedError.ts';
import type { SeenRequest } from './occurrences/sighting.ts';

/** What the parts of the runtime know of an error that they tell. */
export interface ToldError extends CaptureOptions {
  readonly source: CaptureSource;
  /**
   * Whether nobody catches it, which ends the process: it is critical, and looked at whatever `maxTimeShare` says.
   * @defaultValue `false`
   */
  readonly isUncaught?: boolean;
  /** Whom it hit, and in which request. @defaultValue the one that is worked on, if there is one */
  readonly request?: SeenRequest;
  /** The trace it happened in. @defaultValue the one that is active */
  readonly trace?: TraceContext | undefined;
  /**
   * Whether it only says that its request failed: it is not captured where that is known to have failed with another error. That
   * is the last one that nobody dealt with; or, if somebody dealt with all of them, the last one that was seen, where it was
   * captured or logged 20 ms at most before the request failed, as a handler of errors does that then answers. It counts as
   * unhandled then. What was dealt with earlier is left alone, and this is an error of its own.
   * @defaultValue `false`
   */
  readonly isSummary?: boolean;
}
