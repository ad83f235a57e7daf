import type { Attributes } from '@opentelemetry/api';
import {
  ATTR_EXCEPTION_MESSAGE,
  ATTR_EXCEPTION_STACKTRACE,
  ATTR_EXCEPTION_TYPE,
} from '@opentelemetry/semantic-conventions';
import { exceptionMessage, exceptionType } from '../../core/thrown/describeException.ts';
import { stacktraceOf } from '../../core/thrown/stacktrace.ts';

/** The name that the semantic conventions give the event of an exception. */
export const EXCEPTION_EVENT = 'exception';

/**
 * The attributes of an `exception` event, as OpenTelemetry's semantic conventions name them. Never throws.
 *
 * @param withStack - whether the stack trace and the causes are in it (see `stacktraceOf`)
 */
export function exceptionAttributes(thrown: unknown, withStack: boolean): Attributes {
  const attributes: Attributes = { [ATTR_EXCEPTION_TYPE]: exceptionType(thrown) };
  const message = exceptionMessage(thrown);
  if (message !== '') attributes[ATTR_EXCEPTION_MESSAGE] = message;
  const stacktrace = withStack ? stacktraceOf(thrown) : undefined;
  if (stacktrace !== undefined) attributes[ATTR_EXCEPTION_STACKTRACE] = stacktrace;
  return attributes;
}
