import { types } from 'node:util';
import { isObject } from '../isObject.ts';

/** What inherits through more objects than that is passed over. */
const MOST_ANCESTORS = 20;

/** Whether an object inherits from a prototype. As `instanceof`, but runs no trap of a Proxy: nothing is behind one. */
export function inheritsFrom(value: object, prototype: object): boolean {
  let owner: unknown = value;
  for (let depth = 0; depth < MOST_ANCESTORS && isObject(owner) && !types.isProxy(owner); depth += 1) {
    if (owner === prototype) return depth > 0;
    owner = Object.getPrototypeOf(owner);
  }
  return false;
}
