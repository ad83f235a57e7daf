import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeShape } from '../../../../runtime/src/core/valueShape.ts';

class Order {
  readonly id = 1;
  readonly total = 2;
}

class SizeThrows extends Map<string, number> {
  override get size(): number {
    throw new Error('size was read');
  }
}

describe('describeShape', () => {
  it.each([
    ['secret words', 'string(12)'],
    ['', 'string(0)'],
    [12.5, 'number'],
    [12n, 'bigint'],
    [true, 'boolean'],
    [Symbol('secret'), 'symbol'],
    [null, 'null'],
    [undefined, 'undefined'],
    [() => 'secret', 'function'],
    [['a', 'b', 'c'], 'array(3)'],
    [{ id: 1, user: 'ada' }, 'object{id, user}'],
    [{}, 'object{}'],
    [Object.assign(Object.create(null), { id: 1 }), 'object{id}'],
    [new Order(), 'Order{id, total}'],
    [new Map([['secret', 1]]), 'map(1)'],
    [new Set(['secret', 2]), 'set(2)'],
    [new WeakMap(), 'weakmap'],
    [Buffer.from('secret'), 'bytes(6)'],
    [new ArrayBuffer(3), 'buffer'],
    [new Date(0), 'date'],
    [/secret/, 'regexp'],
    [Promise.resolve('secret'), 'promise'],
    [new Error('secret'), 'Error{}'],
    [Object('secret'), 'boxed'],
  ])('says of %o that it is a %s', (value, shape) => {
    expect(describeShape(value)).toBe(shape);
  });

  it('names no keys that are data, and no more than 10', () => {
    expect(describeShape({ 'ada@example.org': 1, 'x y': 2, id: 3 })).toBe('object{id, +2}');
    const many = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`key${index}`, index]));
    expect(describeShape(many)).toBe('object{key0, key1, key2, key3, key4, key5, key6, key7, key8, key9, +2}');
  });

  it('asks a collection for its size without asking a getter of its own', () => {
    expect(describeShape(new SizeThrows([['a', 1]]))).toBe('map(1)');
  });

  it('runs no getter and no trap', () => {
    const refuse = (): never => {
      throw new Error('it ran');
    };
    const traps = { ownKeys: refuse, getPrototypeOf: refuse, get: refuse, getOwnPropertyDescriptor: refuse };
    expect(describeShape(new Proxy({}, traps))).toBe('proxy');
    expect(describeShape(new Proxy([], traps))).toBe('proxy');
    expect(describeShape(Object.create(new Proxy({}, traps)))).toBe('object{}');
    expect(describeShape(Object.defineProperty({}, 'id', { get: refuse, enumerable: true }))).toBe('object{id}');
    expect(
      describeShape(
        Object.create({
          get constructor() {
            return refuse();
          },
        }),
      ),
    ).toBe('object{}');
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true }), (value) => {
        expect(typeof describeShape(value)).toBe('string');
      }),
    );
  });
});
