import { types } from 'node:util';
import { isObject } from '../isObject.ts';
import { ownData } from './ownData.ts';

/** What a thrown value says to be caused by; `undefined` for nothing. Runs no getter and no trap of a Proxy. */
export function causeOf(thrown: unknown): unknown {
  if (!isObject(thrown) || types.isProxy(thrown)) return undefined;
  return ownData(thrown, 'cause') ?? undefined;
}
