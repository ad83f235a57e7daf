import type { CapturedError } from '../../capturedError.ts';
import type { ErrorFacts, ErrorProperty } from '../../errorFacts.ts';

type Redact = (text: string) => string;

/** An event that comes from outside, with all that may hold secrets redacted as if it were new. Frozen. */
export function redactedEvent(event: CapturedError, redact: Redact): CapturedError {
  return Object.freeze({
    ...event,
    error: redactedFacts(event.error, redact),
    request: Object.freeze({ ...event.request }),
    context: redactedProperties(event.context, redact),
    breadcrumbs: Object.freeze(
      event.breadcrumbs.map(({ data, ...breadcrumb }) =>
        Object.freeze({
          ...breadcrumb,
          message: redact(breadcrumb.message),
          ...(data && { data: redactedProperties(data, redact) }),
        }),
      ),
    ),
  });
}

function redactedFacts(facts: ErrorFacts, redact: Redact): ErrorFacts {
  const inner = (others: readonly ErrorFacts[]): readonly ErrorFacts[] =>
    Object.freeze(others.map((other) => redactedFacts(other, redact)));
  return Object.freeze({
    ...facts,
    message: redact(facts.message),
    properties: redactedProperties(facts.properties, redact),
    causes: inner(facts.causes),
    errors: inner(facts.errors),
  });
}

function redactedProperties(
  properties: Readonly<Record<string, ErrorProperty>>,
  redact: Redact,
): Readonly<Record<string, ErrorProperty>> {
  const entries = Object.entries(properties).map(
    ([key, value]) => [key, typeof value === 'string' ? redact(value) : value] as const,
  );
  return Object.freeze(Object.fromEntries(entries));
}
