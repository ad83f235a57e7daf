import { type Attributes, type Span, trace } from '@opentelemetry/api';
import { reportProblem } from '../../core/reportProblem.ts';
import { toAttributes } from './attributeValue.ts';
import { EXCEPTION_EVENT, exceptionAttributes } from './exceptionAttributes.ts';
import { setFailed } from './failSpan.ts';
import { hasPassed, notePassed } from './passedErrors.ts';
import { tellThrown } from './thrownHook.ts';

/** How an exception is recorded. */
export interface RecordExceptionOptions {
  /**
   * The span to record it on.
   * @defaultValue the active span
   */
  readonly span?: Span;
  /**
   * Whether the work of the span failed with it: sets the status ERROR with the error's message, and `error.type`. An
   * exception that is handled is no failure, and one that is thrown on out of `traced` or `withSpan` sets the status there.
   * @defaultValue false
   */
  readonly setStatus?: boolean;
  /** More attributes of the event. What a sensitive key like `password` keeps is `[redacted]`. */
  readonly attributes?: Readonly<Attributes>;
}

/**
 * Records something that was thrown as an `exception` event of a span: `exception.type`, `exception.message` and
 * `exception.stacktrace`, with its causes in the stack trace: after the error's own stack that of each `cause`, 5 at most,
 * each begun by `Caused by: `, and of an `AggregateError` the first 5 of its errors.
 *
 * Takes whatever can be thrown: `null`, a string, an object whose getters throw. Never throws itself, leaves the value as
 * it is, and does nothing outside a recorded span. An error that was recorded on the same span, or on one inside it that it
 * left, is recorded without its stack trace, which is there already.
 */
export function recordException(error: unknown, options: RecordExceptionOptions = {}): void {
  try {
    const span = options.span ?? trace.getActiveSpan();
    if (span === undefined) return;
    tellThrown(span, error);
    if (!span.isRecording()) return;
    const more = toAttributes(options.attributes);
    span.addEvent(EXCEPTION_EVENT, { ...more, ...exceptionAttributes(error, !hasPassed(span, error)) });
    notePassed(span, error);
    if (options.setStatus === true) setFailed(span, error);
  } catch (problem) {
    reportProblem('an exception could not be recorded', problem);
  }
}
