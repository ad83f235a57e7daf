import { type Attributes, SpanStatusCode } from '@opentelemetry/api';
import type { Span, TimedEvent } from '@opentelemetry/sdk-trace';
import {
  ATTR_EXCEPTION_MESSAGE,
  ATTR_EXCEPTION_STACKTRACE,
  ATTR_EXCEPTION_TYPE,
} from '@opentelemetry/semantic-conventions';
import {
  type ErrorOrigin,
  originOf,
  postgresCodeOf,
  type RecordedError,
  type RedactText,
  redactError,
  redactMessage,
} from './recordedError.ts';

/**
 * Redacts the events `exception` and the message of the status, which repeats the message of an error.
 *
 * @param origin - whose errors the span records, where its instrumentation says so
 */
export function redactRecordedErrors(
  span: Span,
  origin: Exclude<ErrorOrigin, 'application'> | undefined,
  redactText: RedactText,
): void {
  const errors = span.events.flatMap((event) => {
    const error = readError(event);
    return error === undefined ? [] : [{ event, error, origin: originIn(origin, error) }];
  });
  const { message } = span.status;
  if (message !== undefined && message !== '') {
    const source = errors.findLast(({ error }) => origin === 'postgresql' || error.message === message);
    const status = redactMessage(
      message,
      source?.origin ?? origin ?? originOf({ type: undefined, message, stacktrace: undefined }),
      redactText,
      source && postgresCodeOf(source.error),
    );
    if (status !== message) span.setStatus({ code: SpanStatusCode.ERROR, message: status });
  }
  for (const found of errors) write(found.event, redactError(found.error, redactText, found.origin));
}

/** In a span of a Redis client, what did not come from the server is the client's own: that of a socket, say. */
function originIn(origin: Exclude<ErrorOrigin, 'application'> | undefined, error: RecordedError): ErrorOrigin {
  return origin === 'postgresql' || (origin === 'redis' && error.stacktrace === undefined) ? origin : originOf(error);
}

function readError({ name, attributes }: TimedEvent): RecordedError | undefined {
  if (name !== 'exception' || attributes === undefined) return undefined;
  return {
    type: textOf(attributes, ATTR_EXCEPTION_TYPE),
    message: textOf(attributes, ATTR_EXCEPTION_MESSAGE),
    stacktrace: textOf(attributes, ATTR_EXCEPTION_STACKTRACE),
  };
}

function textOf(attributes: Attributes, key: string): string | undefined {
  const value = attributes[key];
  return typeof value === 'string' ? value : undefined;
}

function write(event: TimedEvent, { message, stacktrace }: RecordedError): void {
  event.attributes = {
    ...event.attributes,
    ...(message === undefined ? {} : { [ATTR_EXCEPTION_MESSAGE]: message }),
    ...(stacktrace === undefined ? {} : { [ATTR_EXCEPTION_STACKTRACE]: stacktrace }),
  };
}
