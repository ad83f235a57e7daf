import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { isNativeError } from '../../../../../runtime/src/core/thrown/isNativeError.ts';

class DriverError extends Error {}
class Gone extends DOMException {}

it.each<[string, unknown]>([
  ['an error', new Error('a')],
  ['one of a class of its own', new DriverError('a')],
  ['one of another realm', runInNewContext('new RangeError("a")')],
  ["the platform's", new DOMException('gone', 'AbortError')],
  ["a subclass of the platform's", new Gone('gone')],
])('takes %s for an error', (_, value) => {
  expect(isNativeError(value)).toBe(true);
});

it.each<[string, unknown]>([
  ['nothing', undefined],
  ['a text', 'Error: a'],
  ['an object that says so', { name: 'Error', message: 'a', stack: 'Error: a' }],
  ['what only inherits from an error', Object.create(new Error('a'))],
  ["what only inherits from the platform's", Object.create(DOMException.prototype)],
  ["the platform's prototype", DOMException.prototype],
  ['a Proxy of an error', new Proxy(new Error('a'), {})],
])('does not take %s for one', (_, value) => {
  expect(isNativeError(value)).toBe(false);
});

it('runs no trap of a Proxy, wherever it is', () => {
  let traps = 0;
  const handler = new Proxy({}, { get: () => void (traps += 1) });
  const proxy = new Proxy(new DOMException('gone'), handler);
  expect([proxy, Object.create(proxy), Object.create(Object.create(proxy) as object)].map(isNativeError)).toEqual([
    false,
    false,
    false,
  ]);
  expect(traps).toBe(0);
});
