import { isObject } from '../isObject.ts';
import { inheritsFrom } from './inheritsFrom.ts';
import { isNativeError } from './isNativeError.ts';

/**
 * Whether a value is meant to be an error: a native one, also of another realm, or one of a constructor of before there were
 * classes (`JsonWebTokenError`), which is native in nothing but what it inherits. Runs no code of the value's and no trap of a
 * Proxy, which is none; never throws.
 */
export function isErrorObject(value: unknown): value is Error {
  return isNativeError(value) || (isObject(value) && inheritsFrom(value, Error.prototype));
}
