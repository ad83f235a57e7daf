import { types } from 'node:util';

/**
 * What a hook of the application's answered. A promise is no answer: the call does not wait for it. It is given a handler,
 * since a rejection without one would end the process; other thenables are left alone, because calling `then` is what starts
 * many of them.
 *
 * @throws TypeError for a promise or another thenable
 */
export function hookAnswer<T>(answer: T): T {
  if (!isThenable(answer)) return answer;
  // Not the promise's own `catch`, which may be anything.
  if (types.isPromise(answer)) void Promise.prototype.then.call(answer, undefined, () => undefined);
  throw new TypeError('hooks must be synchronous, and this one returned a promise');
}

function isThenable(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}
