import { types } from 'node:util';
import { isObject } from '../isObject.ts';
import { inheritsFrom } from './inheritsFrom.ts';

/**
 * Whether it is an error of JavaScript's or of the platform's (`AbortError` of an `AbortSignal`), or of a class that extends
 * one: really, and not just by what it inherits from. Runs no code of the value's and no trap of a Proxy, which is none; never
 * throws.
 */
export function isNativeError(value: unknown): value is Error {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- Error.isError is not in Node 22
  if (types.isNativeError(value)) return true;
  // Node 22 does not take those of the platform for native.
  return isObject(value) && inheritsFrom(value, DOMException.prototype) && isOfPlatform(value);
}

function isOfPlatform(value: object): boolean {
  try {
    Reflect.get(DOMException.prototype, 'name', value);
    return true;
  } catch {
    // An object that only pretends to be one.
    return false;
  }
}
