import type { CapturedError } from '../capturedError.ts';
import type { ErrorCategory } from '../errorCategory.ts';

/** As many values as one context may have. */
const MOST_VALUES = 20;

/** What came to be known of an error after it was counted. */
export interface LearntError {
  /** Its group. */
  readonly id: string;
  /** Which of all errors it is, as `add` said; `undefined` where it was only counted. */
  readonly number: number | undefined;
  /** The error as it is known now. */
  readonly captured: CapturedError;
  /** Whether it was taken for handled before. */
  readonly wasHandled: boolean;
  /** What it is about, where the application says so. */
  readonly category: ErrorCategory | undefined;
  /** Whether `captured` is an error whose cause it is, which tells more: it takes its place. */
  readonly isWrapper: boolean;
}

/** The event as it was kept, with what was learnt since. Its breadcrumbs stay: they led to it. */
export function amended(event: CapturedError, { captured, isWrapper }: LearntError): CapturedError {
  const { traceId, spanId, sampled } = captured;
  return Object.freeze({
    ...event,
    isHandled: captured.isHandled,
    request: Object.freeze({ ...event.request, ...captured.request }),
    context: addedTo(event.context, captured.context),
    ...(isWrapper && { error: captured.error }),
    ...(event.traceId === undefined && traceId !== undefined && { traceId, spanId, sampled }),
    ...(captured.isUncaught && !event.isUncaught && { source: captured.source, isUncaught: true }),
  });
}

/** What was said last stays, where there is too much. */
function addedTo(context: CapturedError['context'], added: CapturedError['context']): CapturedError['context'] {
  const earlier = Object.entries(context).filter(([key]) => !Object.hasOwn(added, key));
  return Object.freeze(Object.fromEntries([...earlier, ...Object.entries(added)].slice(-MOST_VALUES)));
}
