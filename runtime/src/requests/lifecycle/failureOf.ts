import { isObject } from '../../core/isObject.ts';
import { ownText } from '../../core/ownText.ts';
import { errorName } from '../../core/thrown/errorName.ts';
import { isNativeError } from '../../core/thrown/isNativeError.ts';
import type { FailOptions } from '../startRequest.ts';
import type { FailureReason, RequestFailure } from './requestState.ts';

const MOST_TYPE_LENGTH = 100;
const REASONS: ReadonlyMap<string | undefined, FailureReason> = new Map([
  ['TimeoutError', 'timeout'],
  ['AbortError', 'cancelled'],
]);
/** `abandoned` is the tracker's own. */
const GIVEN_REASONS: readonly FailureReason[] = ['error', 'cancelled', 'timeout'];

/**
 * How a request failed, from what is said about it: frozen, as it is shown to whoever asks for the request. Callers without
 * types say anything: an error in the place of the options is the error, and a reason that is none is `error`. Runs no
 * getters of an error.
 *
 * @param redactText - takes out of the type what must not be kept
 */
export function failureOf(said: FailOptions, redactText: (text: string) => string): RequestFailure {
  const { reason, error, type } = optionsOf(said);
  const errorType = typeOf(error);
  const found = typeof type === 'string' && type !== '' ? type : errorType;
  return Object.freeze({
    reason: reason === undefined ? (REASONS.get(errorType) ?? REASONS.get(found) ?? 'error') : knownReason(reason),
    ...(found !== undefined && { type: ownText(redactText(found), MOST_TYPE_LENGTH) }),
  });
}

/** What a request failed with; `undefined` where nothing was thrown. */
export function errorOf(said: FailOptions): unknown {
  return optionsOf(said).error;
}

function optionsOf(said: FailOptions): FailOptions {
  return isNativeError(said) ? { error: said } : isObject(said) ? said : {};
}

function knownReason(reason: unknown): FailureReason {
  return GIVEN_REASONS.find((known) => known === reason) ?? 'error';
}

/** The name of an error, from its own `name` or its class; the type of anything else. */
function typeOf(error: unknown): string | undefined {
  if (error === undefined) return undefined;
  return typeof error === 'object' && error !== null ? (errorName(error) ?? 'object') : typeof error;
}
