import { types } from 'node:util';
import { isObject } from '../../core/isObject.ts';
import { ownText } from '../../core/ownText.ts';
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
 */
export function failureOf(said: FailOptions): RequestFailure {
  const { reason, error, type }: FailOptions = isError(said) ? { error: said } : isObject(said) ? said : {};
  const errorType = typeOf(error);
  const found = typeof type === 'string' && type !== '' ? type : errorType;
  return Object.freeze({
    reason: reason === undefined ? (REASONS.get(errorType) ?? REASONS.get(found) ?? 'error') : knownReason(reason),
    ...(found !== undefined && { type: ownText(found, MOST_TYPE_LENGTH) }),
  });
}

/** Of a class of JavaScript's, of a subclass of one, or of the platform's, which Node 22 does not take for native. */
function isError(value: unknown): boolean {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- Error.isError is not in Node 22
  if (types.isNativeError(value)) return true;
  return !types.isProxy(value) && value instanceof DOMException;
}

function knownReason(reason: unknown): FailureReason {
  return GIVEN_REASONS.find((known) => known === reason) ?? 'error';
}

/** The name of an error, from its own `name` or its class; the type of anything else. */
function typeOf(error: unknown): string | undefined {
  if (error === undefined) return undefined;
  return typeof error === 'object' && error !== null ? (nameOf(error) ?? 'object') : typeof error;
}

/** A class that says no name of its own is known by the one it was declared with, not by the one it inherits. */
function nameOf(error: object): string | undefined {
  let depth = 0;
  for (let owner: unknown = error; isObject(owner) && !types.isProxy(owner); owner = Object.getPrototypeOf(owner)) {
    const name = ownName(owner, error);
    if (name !== undefined) return depth > 1 ? (className(error) ?? name) : name;
    depth += 1;
  }
  return undefined;
}

function ownName(owner: object, error: object): string | undefined {
  const descriptor = Object.getOwnPropertyDescriptor(owner, 'name');
  const name: unknown = descriptor?.value ?? (owner === DOMException.prototype ? platformName(error) : undefined);
  return typeof name === 'string' && name !== '' ? name : undefined;
}

/** The errors of `AbortSignal` keep their name behind a getter, which is the platform's and no code of a stranger's. */
function platformName(error: object): unknown {
  try {
    return Reflect.get(DOMException.prototype, 'name', error);
  } catch {
    // An object that only pretends to be one.
    return undefined;
  }
}

function className(error: object): string | undefined {
  const prototype: unknown = Object.getPrototypeOf(error);
  const declared: unknown = isObject(prototype) ? ownValue(prototype, 'constructor') : undefined;
  const name = typeof declared === 'function' && !types.isProxy(declared) ? ownValue(declared, 'name') : undefined;
  return typeof name === 'string' && name !== '' ? name : undefined;
}

function ownValue(owner: object, key: string): unknown {
  return Object.getOwnPropertyDescriptor(owner, key)?.value;
}
