import type { Attributes, Link } from '@opentelemetry/api';
import type { SpanDetails } from './tracedOptions.ts';

/** What `withSpan` can be told of its span. */
export interface WithSpanOptions extends SpanDetails {
  /**
   * Attributes of the span. Values that no attribute can have become text. What a sensitive key like `password` keeps, the
   * attribute's own or one in an object, is `[redacted]`.
   */
  readonly attributes?: Readonly<Attributes>;
  /** Other spans that this one follows from. */
  readonly links?: readonly Link[];
}
