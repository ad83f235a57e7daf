import type { ErrorFacts, ErrorProperty } from './errorFacts.ts';

/** How an error came to be known. */
export type CaptureSource = (typeof CAPTURE_SOURCES)[number];

/** Every source: a call of `capture`, an exception of a span, a failed request, a log line, and what nobody caught. */
export const CAPTURE_SOURCES = ['call', 'span', 'request', 'log', 'unhandledRejection', 'uncaughtException'] as const;

/** Something that happened before an error. Redacted, bounded. */
export interface Breadcrumb {
  /** ISO 8601 in UTC. */
  readonly at: string;
  /** What kind of thing: `log` for lines of loggers, or the application's own. */
  readonly kind: string;
  readonly message: string;
  readonly data?: Readonly<Record<string, ErrorProperty>>;
}

/** The request in which an error happened, as far as it is known. */
export interface ErrorRequest {
  readonly id?: string;
  /** `POST /orders/:id`. */
  readonly operation?: string;
  readonly userId?: string;
  readonly agentId?: string;
  /** The HTTP status that was answered. */
  readonly status?: number;
}

/** An error with what was known when it happened. Everything in it is redacted and bounded. Frozen. */
export interface CapturedError {
  /** What was thrown. */
  readonly error: ErrorFacts;
  /** How it came to be known; where nobody caught it in the end, that. */
  readonly source: CaptureSource;
  /**
   * Whether the application has dealt with it: it was given to `capture`, or logged, and not just let through. What a request
   * ended with was dealt with only if it was given to `capture`; what nobody caught was not.
   */
  readonly isHandled: boolean;
  /**
   * Whether nobody caught it, as an exception or as the rejection of a promise: it ends the process, or leaves it in a state that
   * nobody knows, where the application listens for `uncaughtException`. Left out where it is not so.
   */
  readonly isUncaught?: boolean;
  /** Milliseconds since 1970. */
  readonly atMillis: number;
  readonly request: ErrorRequest;
  /** 32 hexadecimal digits. */
  readonly traceId?: string;
  /** 16 hexadecimal digits. */
  readonly spanId?: string;
  /** Whether the trace is recorded and can be looked at in Jaeger. */
  readonly sampled?: boolean;
  /** The version of the application. */
  readonly release?: string;
  /** What the application added. */
  readonly context: Readonly<Record<string, ErrorProperty>>;
  /** The oldest first. */
  readonly breadcrumbs: readonly Breadcrumb[];
}
