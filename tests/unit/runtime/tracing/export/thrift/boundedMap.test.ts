import { expect, it } from 'vitest';
import { BoundedMap } from '../../../../../../runtime/src/tracing/export/thrift/boundedMap.ts';

it('never holds more than its bound, however many keys there are', () => {
  const map = new BoundedMap<number, number>(3);
  const sizes = Array.from({ length: 10_000 }, (_, key) => map.set(key, key).size);
  expect(Math.max(...sizes)).toBe(3);
  expect([...map.keys()]).toEqual([9999]);
});

it('replaces the value of a key without forgetting others', () => {
  const map = new BoundedMap<string, number>(2).set('a', 1).set('b', 2).set('a', 3);
  expect([...map]).toEqual([
    ['a', 3],
    ['b', 2],
  ]);
});
