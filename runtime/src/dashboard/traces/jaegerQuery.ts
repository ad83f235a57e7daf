import type { JaegerTrace } from './jaegerTrace.ts';
import type { TraceSearch } from './traceSearch.ts';

/**
 * Reads what Jaeger has stored. Everything that can go wrong is a `TraceQueryError`, whose `kind` says what it was and whose
 * message what to do.
 */
export interface JaegerQuery {
  /** Where it asks, without user name and password: for messages. */
  readonly address: string;
  /** Names of the services that have sent spans, sorted. */
  services(): Promise<readonly string[]>;
  /** Names of a service's operations, of every kind of span, sorted. */
  operations(service: string): Promise<readonly string[]>;
  /** The traces that are like what is sought, the latest first, with all their spans. */
  find(search: TraceSearch): Promise<readonly JaegerTrace[]>;
  /** One trace; where there is none, the error's kind is `notFound`. */
  trace(traceId: string): Promise<JaegerTrace>;
}
