import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { isErrorObject } from '../../../../../runtime/src/core/thrown/isErrorObject.ts';

class DriverError extends Error {}

/** As errors were made before there were classes. */
const oldFashioned = (depth: number): object => {
  let error = Object.create(Error.prototype) as object;
  for (let inherited = 1; inherited < depth; inherited += 1) error = Object.create(error) as object;
  return error;
};

it.each<[string, unknown]>([
  ['an error', new DriverError('a')],
  ['one of another realm', runInNewContext('new RangeError("a")')],
  ["the platform's", new DOMException('gone', 'AbortError')],
  ['one that only inherits', oldFashioned(1)],
  ['one that inherits through others', oldFashioned(19)],
])('takes %s for an error', (_, value) => {
  expect(isErrorObject(value)).toBe(true);
});

it.each<[string, unknown]>([
  ['nothing', undefined],
  ['a text', 'Error: a'],
  ['an object that says so', { name: 'Error', message: 'a', stack: 'Error: a' }],
  ['what all errors inherit from', Error.prototype],
  ['one that inherits through too many', oldFashioned(20)],
  ['a Proxy of an error', new Proxy(new Error('a'), {})],
])('does not take %s for one', (_, value) => {
  expect(isErrorObject(value)).toBe(false);
});

it('runs no trap of a Proxy, wherever it is', () => {
  let traps = 0;
  const handler = new Proxy({}, { get: () => void (traps += 1) });
  const proxy = new Proxy(new Error('a'), handler);
  expect([proxy, Object.create(proxy), Object.create(Object.create(proxy) as object)].map(isErrorObject)).toEqual([
    false,
    false,
    false,
  ]);
  expect(traps).toBe(0);
});
