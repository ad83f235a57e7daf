import { SpanStatusCode } from '@opentelemetry/api';
import type { Span } from '@opentelemetry/sdk-trace';
import { TextRedactor } from '../../../core/textRedactor.ts';
import { ATTRIBUTE_REDACTORS, REDACTED_PREFIXES } from './attributeRedactors.ts';
import { LEFT_OUT } from './leftOut.ts';
import { redactByOwnRules } from './redactByOwnRules.ts';
import { redactRecordedErrors } from './redactRecordedErrors.ts';
import { SCOPE_RULES, type ScopeRules } from './scopeRules.ts';

/** Redacts a span that is about to end and can still be changed. */
export type SpanRedactor = (span: Span) => void;

/** What a span redactor has to know. */
export interface SpanRedactorOptions {
  /**
   * The names of the instrumentations. Spans of one that the runtime knows are redacted where it is known to record
   * values, spans of another in every attribute of which the semantic conventions say that it may. Attributes of other
   * spans, the application's own, stay as they are, but for what rules of the application's own find.
   */
  readonly instrumentationNames: readonly string[];
  /**
   * Asked at the end of each span for what takes secrets and personal data out of what errors say, and what rules of the
   * application's own find out of everything.
   * @defaultValue a `TextRedactor` with the runtime's rules
   */
  readonly textRedactor?: () => TextRedactor;
}

/**
 * Makes the step that takes out of a span what must not leave the process: literals in SQL, values in URLs, user names and
 * passwords, headers; and, of every span's errors, what messages of PostgreSQL, of Redis and about URLs quote, and secrets and
 * personal data in those of others; and, of all that a span says, what rules of the application's own find. What it costs a
 * span without any of it is two look-ups.
 */
export function createSpanRedactor({
  instrumentationNames,
  textRedactor = always(new TextRedactor()),
}: SpanRedactorOptions): SpanRedactor {
  const unknown = new Set(instrumentationNames.filter((name) => !SCOPE_RULES.has(name)));
  return (span) => {
    const scope = span.instrumentationScope.name;
    const rules = SCOPE_RULES.get(scope);
    if (rules !== undefined) applyRules(span, rules);
    else if (unknown.has(scope)) redactAllAttributes(span);
    const redactor = textRedactor();
    if (span.status.code === SpanStatusCode.ERROR || span.events.length > 0)
      redactRecordedErrors(span, rules?.origin, (text) => redactor.redact(text));
    if (redactor.hasOwnRules) redactByOwnRules(span, redactor);
  };
}

function always<T>(value: T): () => T {
  return () => value;
}

function applyRules(span: Span, { attributes, name }: ScopeRules): void {
  for (const [key, redact] of attributes) {
    const value = span.attributes[key];
    if (typeof value !== 'string') continue;
    const redacted = redact(value, span.attributes);
    if (redacted !== value) span.setAttribute(key, redacted);
  }
  const named = name?.(span);
  if (named !== undefined && named !== span.name) span.updateName(named);
}

function redactAllAttributes(span: Span): void {
  for (const key of Object.keys(span.attributes)) {
    const redact = ATTRIBUTE_REDACTORS.get(key);
    const value = span.attributes[key];
    if (redact !== undefined)
      span.setAttribute(key, typeof value === 'string' ? redact(value, span.attributes) : LEFT_OUT);
    else if (REDACTED_PREFIXES.some((prefix) => key.startsWith(prefix))) span.setAttribute(key, LEFT_OUT);
  }
}
