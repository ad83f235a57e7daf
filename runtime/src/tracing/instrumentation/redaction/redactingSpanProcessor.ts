import type { Context } from '@opentelemetry/api';
import type { ReadableSpan, Span, SpanProcessor } from '@opentelemetry/sdk-trace';
import { LEFT_OUT } from './leftOut.ts';
import type { SpanRedactor } from './createSpanRedactor.ts';

/** What a `RedactingSpanProcessor` is made of. */
export interface RedactingSpanProcessorOptions {
  /** Gets every span, redacted. */
  readonly processor: SpanProcessor;
  readonly redact: SpanRedactor;
  /** Told when the redactor failed. The span keeps none of its values and loses its events then. */
  readonly onError: (error: unknown) => void;
}

/**
 * Redacts spans in the last moment in which they can be changed, so that everything that was recorded is seen, before the
 * processor that it stands for gets them.
 */
export class RedactingSpanProcessor implements SpanProcessor {
  readonly #processor: SpanProcessor;
  readonly #redact: SpanRedactor;
  readonly #onError: (error: unknown) => void;

  constructor({ processor, redact, onError }: RedactingSpanProcessorOptions) {
    this.#processor = processor;
    this.#redact = redact;
    this.#onError = onError;
  }

  onStart(span: Span, parentContext: Context): void {
    this.#processor.onStart(span, parentContext);
  }

  onEnding(span: Span): void {
    try {
      this.#redact(span);
    } catch (error) {
      empty(span);
      this.#onError(error);
    }
    this.#processor.onEnding?.(span);
  }

  onEnd(span: ReadableSpan): void {
    try {
      this.#processor.onEnd(span);
    } catch (error) {
      // This is the end of a span of the application, which must not hear of it.
      this.#onError(error);
    }
  }

  forceFlush(): Promise<void> {
    return this.#processor.forceFlush();
  }

  shutdown(): Promise<void> {
    return this.#processor.shutdown();
  }
}

/** Nothing is known to be safe. */
function empty(span: Span): void {
  for (const key of Object.keys(span.attributes)) span.setAttribute(key, LEFT_OUT);
  span.events.length = 0;
  if (span.status.message !== undefined) span.setStatus({ code: span.status.code, message: LEFT_OUT });
}
