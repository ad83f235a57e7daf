import type { Verdict } from './courier.ts';
import { GrpcStatusError } from './grpcStatusError.ts';

// Cancelled, deadline exceeded, resource exhausted, aborted, out of range, unavailable, data loss: what OTLP's
// specification calls retryable; of "resource exhausted" it asks for a hint that Jaeger's collector does not give.
const PASSING_STATUSES: ReadonlySet<number | undefined> = new Set([1, 4, 8, 10, 11, 14, 15]);
// A status has no code of its own for this: the first is what Go's and Node's servers say, the second a proxy's answer.
const TOO_LARGE = /message larger than max|HTTP status code 413/i;

/** What became of a call that ended with an error. */
export function judgeGrpcError(destination: string, cause: unknown): Verdict {
  const status = grpcStatus(cause);
  const error = new GrpcStatusError({ destination, status, cause });
  if (TOO_LARGE.test(error.excerpt)) return { kind: 'tooLarge', error };
  return { kind: PASSING_STATUSES.has(status) ? 'later' : 'refused', error };
}

/** The status code of a call's error; `undefined` for an error of another kind. */
export function grpcStatus(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'number' ? error.code : undefined;
}
