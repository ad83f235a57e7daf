import { types } from 'node:util';
import { isErrorObject } from '../../core/thrown/isErrorObject.ts';
import { ownData } from '../../core/thrown/ownData.ts';

/** Under which a line's error mostly is; it is the one that is meant, where there are more. */
const USUAL_KEYS = ['err', 'error'] as const;
/** Of a line with more fields, the first. */
const MOST_KEYS_READ = 50;

/** The first error among values, or else the first in the fields of one. Runs no getter and no trap of a Proxy. */
export function errorAmong(values: readonly unknown[]): Error | undefined {
  return values.find(isErrorObject) ?? firstOf(values, errorIn);
}

/** The error in the fields of an object: under `err` or `error`, or else under the first of its keys that has one. */
export function errorIn(fields: unknown): Error | undefined {
  if (typeof fields !== 'object' || fields === null || types.isProxy(fields) || Array.isArray(fields)) return undefined;
  const inField = (key: string): Error | undefined => {
    const value = ownData(fields, key);
    return isErrorObject(value) ? value : undefined;
  };
  return firstOf(USUAL_KEYS, inField) ?? firstOf(Object.keys(fields).slice(0, MOST_KEYS_READ), inField);
}

function firstOf<Value>(values: readonly Value[], find: (value: Value) => Error | undefined): Error | undefined {
  for (const value of values) {
    const found = find(value);
    if (found !== undefined) return found;
  }
  return undefined;
}
