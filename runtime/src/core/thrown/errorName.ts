import { types } from 'node:util';
import { isObject } from '../isObject.ts';
import { ownData } from './ownData.ts';

/** What inherits through more objects than that inherits from nothing. */
const MOST_ANCESTORS = 20;

/**
 * The name of an error: its own `name`, or its class's. A class that says no name of its own is known by the one it was
 * declared with, not by the one it inherits. Runs no getter but the platform's, and no trap of a Proxy; never throws.
 *
 * @returns `undefined` for what has no name
 */
export function errorName(error: object): string | undefined {
  let depth = 0;
  for (let owner: unknown = error; isObject(owner) && !types.isProxy(owner); owner = Object.getPrototypeOf(owner)) {
    const name = ownName(owner, error);
    if (name !== undefined) return depth > 1 ? (className(error) ?? name) : name;
    depth += 1;
    if (depth > MOST_ANCESTORS) break;
  }
  return undefined;
}

/** The name that an object's class was declared with. */
function className(error: object): string | undefined {
  const prototype: unknown = Object.getPrototypeOf(error);
  return isObject(prototype) ? declaredName(prototype) : undefined;
}

/** The name that the class of this prototype was declared with; `undefined` where it has none. */
export function declaredName(prototype: object): string | undefined {
  if (types.isProxy(prototype)) return undefined;
  const declared = ownData(prototype, 'constructor');
  const name = typeof declared === 'function' && !types.isProxy(declared) ? ownData(declared, 'name') : undefined;
  return typeof name === 'string' && name !== '' ? name : undefined;
}

function ownName(owner: object, error: object): string | undefined {
  const name = ownData(owner, 'name') ?? (owner === DOMException.prototype ? platformName(error) : undefined);
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
