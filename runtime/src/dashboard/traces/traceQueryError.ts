/**
 * What kept a trace from being read: `unreachable` (no connection, or nobody behind a proxy), `slow` (no answer in time, or too
 * many queries at once), `refused` (credentials are missing or do not suffice; also a redirection to where one logs in),
 * `broken` (what was answered is nothing that Jaeger's query API says, or it failed), `tooLarge` (more than is read),
 * `notFound` (no such trace), `badQuery` (what was asked makes no sense).
 */
export type TraceQueryErrorKind = 'unreachable' | 'slow' | 'refused' | 'broken' | 'tooLarge' | 'notFound' | 'badQuery';

/** A query to Jaeger brought nothing. The message says what to do, and holds no secret. */
export class TraceQueryError extends Error {
  override readonly name = 'TraceQueryError';
  readonly kind: TraceQueryErrorKind;
  /** HTTP status, where there was an answer. */
  readonly status: number | undefined;

  constructor(
    kind: TraceQueryErrorKind,
    message: string,
    { status, cause }: { status?: number; cause?: unknown } = {},
  ) {
    super(message, { cause });
    this.kind = kind;
    this.status = status;
  }
}
