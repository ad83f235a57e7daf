import { type Context, type Span, SpanStatusCode, trace } from '@opentelemetry/api';
import { ATTR_ERROR_TYPE } from '@opentelemetry/semantic-conventions';
import { exceptionMessage, exceptionType } from '../../core/thrown/describeException.ts';
import { EXCEPTION_EVENT, exceptionAttributes } from './exceptionAttributes.ts';
import { hasPassed, notePassed } from './passedErrors.ts';
import { tellThrown } from './thrownHook.ts';

/**
 * Marks the span of work that ended with `error`, as the semantic conventions for recording errors have it: an `exception`
 * event, `error.type`, and the status ERROR described by the error's message. A status OK that the application has set
 * stays.
 *
 * An error that passes several spans on its way out is one exception: it is recorded where it came from, and the spans
 * around that one get the status and `error.type` only.
 *
 * @param parent - the context that the span was started in
 */
export function failSpan(span: Span, parent: Context, error: unknown): void {
  tellThrown(span, error);
  if (!hasPassed(span, error)) span.addEvent(EXCEPTION_EVENT, exceptionAttributes(error, true));
  const outer = trace.getSpan(parent);
  if (outer?.isRecording() === true) notePassed(outer, error);
  setFailed(span, error);
}

/** Sets status and `error.type` of a span whose work failed with `error`. */
export function setFailed(span: Span, error: unknown): void {
  const message = exceptionMessage(error);
  span.setAttribute(ATTR_ERROR_TYPE, exceptionType(error));
  span.setStatus(message === '' ? { code: SpanStatusCode.ERROR } : { code: SpanStatusCode.ERROR, message });
}
