import { ownText } from '../../core/ownText.ts';
import type { FailOptions } from '../startRequest.ts';
import type { FailureReason, RequestFailure } from './requestState.ts';

const MOST_TYPE_LENGTH = 100;
const REASONS: Readonly<Record<string, FailureReason>> = { TimeoutError: 'timeout', AbortError: 'cancelled' };

/** How a request failed, from what is said about it. Runs no getters of an error and never throws. */
export function failureOf({ reason, error, type }: FailOptions): RequestFailure {
  const found = type ?? errorType(error);
  const known = found === undefined ? undefined : REASONS[found];
  return {
    reason: reason ?? known ?? 'error',
    ...(found !== undefined && { type: ownText(found, MOST_TYPE_LENGTH) }),
  };
}

/** The name of an error, from its own `name` or its class; the type of anything else. */
function errorType(error: unknown): string | undefined {
  if (error === undefined) return undefined;
  if (typeof error !== 'object' || error === null) return typeof error;
  try {
    const { name } = error as { readonly name?: unknown };
    if (typeof name === 'string' && name !== '') return name;
  } catch {
    // A getter that throws.
  }
  return 'object';
}
