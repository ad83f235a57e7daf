import { describe, expect, it } from 'vitest';
import { watchCalls } from '../../../../../runtime/src/errors/logs/watchCalls.ts';

/** An object with a method `write`, and what it has written. */
function writer() {
  const written: unknown[] = [];
  const write = Object.assign((first: unknown, second: unknown) => written.push([first, second]), { shop: 'tea' });
  return { owner: { write } as Record<string, unknown>, write, written };
}

const call = (owner: object, ...given: unknown[]): unknown =>
  Reflect.apply(Reflect.get(owner, 'write') as () => unknown, owner, given);

describe('a method that is watched', () => {
  it('has the name, the length and the properties that it had', () => {
    const { owner, write } = writer();
    const before = Object.getOwnPropertyDescriptors(write);
    const end = watchCalls(owner, 'write', () => undefined);
    expect(owner['write']).not.toBe(write);
    expect(Object.getOwnPropertyDescriptors(owner['write'])).toMatchObject(before);
    expect(Object.keys(owner['write'] as object)).toEqual(['shop']);
    end();
    expect(owner['write']).toBe(write);
  });

  it.each([
    ['in the order in which they began', [0, 1, 2]],
    ['the last one first', [2, 1, 0]],
    ['the second one first', [1, 2, 0]],
  ])('is what it was when all that watch it have ended, %s', (_, order) => {
    const { owner, write, written } = writer();
    const told: unknown[] = [];
    const ends = [0, 1, 2].map((number) => watchCalls(owner, 'write', () => told.push(number)));
    const left = new Set([0, 1, 2]);
    for (const number of order) {
      ends[number]?.();
      left.delete(number);
      told.length = 0;
      call(owner, 'a', 'b');
      expect(told).toEqual([...left].toReversed());
    }
    expect(owner['write']).toBe(write);
    expect(written).toHaveLength(3);
  });

  it('is inherited again where it was, in whatever order they end', () => {
    const { owner, write } = writer();
    const heir = Object.create(owner) as object;
    const ends = [1, 2].map(() => watchCalls(heir, 'write', () => undefined));
    for (const end of ends) end();
    expect(Object.getOwnPropertyNames(heir)).toEqual([]);
    expect(Reflect.get(heir, 'write')).toBe(write);
  });
});

it.each([
  ['an own accessor', (accessor: object) => accessor],
  ['an inherited accessor', (accessor: object) => Object.create(accessor) as object],
])('%s is left alone, and is not asked', (_, ownerOf) => {
  let asked = 0;
  const owner = ownerOf(Object.defineProperty({}, 'write', { configurable: true, get: () => (asked += 1) }));
  const before = Object.getOwnPropertyDescriptors(owner);
  watchCalls(owner, 'write', () => undefined)();
  expect(Object.getOwnPropertyDescriptors(owner)).toEqual(before);
  expect(asked).toBe(0);
});
