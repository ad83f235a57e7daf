import { type Attributes, SpanStatusCode } from '@opentelemetry/api';
import type { Span } from '@opentelemetry/sdk-trace';
import { isRecord } from '../../../core/isRecord.ts';
import type { TextRedactor } from '../../../core/textRedactor.ts';
import type { RedactText } from './recordedError.ts';

/**
 * Takes out of a span, whoever made it, what the application's own rules find: in its name, its attributes, its events, its
 * links and its status. Keys of attributes and in maps are kept: they are names, and few.
 */
export function redactByOwnRules(span: Span, redactor: Pick<TextRedactor, 'redactByOwnRules'>): void {
  const redact: RedactText = (text) => redactor.redactByOwnRules(text);
  span.updateName(redact(span.name));
  for (const key of Object.keys(span.attributes)) {
    const value = span.attributes[key];
    const redacted = redactedValue(value, redact);
    // Setting one costs more than all else.
    if (!Object.is(redacted, value)) span.setAttribute(key, redacted);
  }
  for (const event of span.events) {
    event.name = redact(event.name);
    if (event.attributes !== undefined) event.attributes = redactedValues(event.attributes, redact);
  }
  for (const link of span.links)
    if (link.attributes !== undefined) link.attributes = redactedValues(link.attributes, redact);
  const { code, message } = span.status;
  if (code === SpanStatusCode.ERROR && message !== undefined) span.setStatus({ code, message: redact(message) });
}

/** The very same where nothing was found. Keys are names that the application gave, and stay. */
function redactedValues(attributes: Attributes, redact: RedactText): Attributes {
  const entries = Object.entries(attributes);
  const redacted = entries.map(([key, value]) => [key, redactedValue(value, redact)] as const);
  return redacted.every(([, value], at) => Object.is(value, entries[at]?.[1]))
    ? attributes
    : Object.fromEntries(redacted);
}

/** The SDK takes lists and maps in any depth; it has copied them, and refused cycles. */
function redactedValue(value: unknown, redact: RedactText): unknown {
  if (typeof value === 'string') return redact(value);
  if (Array.isArray(value)) return redactedList(value, redact);
  return isRecord(value) && !(value instanceof Uint8Array) ? redactedValues(value, redact) : value;
}

function redactedList(list: readonly unknown[], redact: RedactText): readonly unknown[] {
  const redacted = list.map((each) => redactedValue(each, redact));
  return redacted.every((each, at) => Object.is(each, list[at])) ? list : redacted;
}
