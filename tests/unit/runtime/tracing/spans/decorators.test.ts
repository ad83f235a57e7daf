// @spec S2.3
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { traced } from '../../../../../runtime/src/tracing/spans/traced.ts';
import { methodOf } from './methodOf.ts';
import { activeName, SpanRecorder } from '../../../../support/spanRecorder.ts';

let recorder: SpanRecorder;

beforeEach(() => {
  recorder = new SpanRecorder();
});

afterEach(() => {
  recorder.stop();
});

/** A decorator as a compiler calls it: with whatever it has. */
function callDecorator(decorator: unknown, ...args: unknown[]): unknown {
  if (typeof decorator !== 'function') throw new TypeError('it is no decorator');
  return Reflect.apply(decorator, undefined, args);
}

function standardContext(kind: string, name: PropertyKey | undefined): object {
  return { kind, name, static: false, private: false, addInitializer: () => undefined };
}

function call(fn: unknown, self: unknown, ...args: unknown[]): unknown {
  if (typeof fn !== 'function') throw new TypeError('it is no function');
  return Reflect.apply(fn, self, args);
}

class Order {
  readonly price = 2;

  total(count: number): unknown {
    return [this.price * count, activeName()];
  }

  get label(): string | undefined {
    return activeName();
  }
}

/** A class of the same kind, not decorated yet. */
function declareOrder(): typeof Order {
  const Declared = class extends Order {};
  Object.defineProperties(Declared.prototype, {
    ...Object.getOwnPropertyDescriptors(Order.prototype),
    constructor: { value: Declared },
  });
  return Object.defineProperty(Declared, 'name', { value: 'Order' });
}

describe('@traced() as a legacy decorator', () => {
  it('returns the descriptor of a traced method or accessor', () => {
    const descriptor = Object.getOwnPropertyDescriptor(Order.prototype, 'total');
    const result = callDecorator(traced(), Order.prototype, 'total', descriptor);
    expect(result).toMatchObject({ writable: true, enumerable: false, configurable: true });
    expect(call(methodOf(result, 'value'), new Order(), 3)).toEqual([6, 'Order.total']);
    const getter = Object.getOwnPropertyDescriptor(Order.prototype, 'label');
    expect(call(methodOf(callDecorator(traced(), Order.prototype, 'label', getter), 'get'), new Order())).toBe(
      'Order.get label',
    );
    expect(recorder.names).toEqual(['Order.total', 'Order.get label']);
  });

  it('changes the member itself where it is called without a descriptor', () => {
    const Declared = declareOrder();
    expect(callDecorator(traced('sum'), Declared.prototype, 'total')).toBeUndefined();
    expect(new Declared().total(1)).toEqual([2, 'sum']);
  });

  it('traces a class in place', () => {
    const Declared = declareOrder();
    expect(traced()(Declared)).toBe(Declared);
    expect(new Declared().total(1)).toEqual([2, 'Order.total']);
    expect(new Declared().label).toBeUndefined();
  });

  it('traces a function when it is called with one by hand', () => {
    const measured = traced({ attributes: { team: 'a' } });
    const add = measured(function add(a: number, b: number) {
      return a + b;
    });
    expect(add(1, 2)).toBe(3);
    expect(recorder.seen).toEqual([{ name: 'add', attributes: { team: 'a' } }]);
  });

  it.each([
    ['a field', [{}, 'field', undefined]],
    ['a field with a descriptor', [{}, 'field', { value: 1, writable: true }]],
  ])('refuses %s', (_what, args) => {
    expect(() => callDecorator(traced(), ...args)).toThrow(
      new TypeError('@traced() cannot trace field: it is no method, getter or setter'),
    );
  });
});

describe('@traced() as a standard decorator', () => {
  it('names a method after the class that declares it, which its calls tell', () => {
    const Declared = declareOrder();
    const value = callDecorator(traced(), methodOf(Order.prototype, 'total'), standardContext('method', 'total'));
    Object.defineProperty(Declared.prototype, 'total', { value, writable: true });
    class Special extends Declared {
      override total(count: number): unknown {
        return super.total(count + 1);
      }
    }
    expect(new Special().total(1)).toEqual([4, 'Order.total']);
    expect(call(value, { price: 1 }, 2)).toEqual([2, 'Order.total']);
  });

  it('names a method that no class has after the class of this, or after itself', () => {
    const value = callDecorator(traced(), methodOf(Order.prototype, 'total'), standardContext('method', '#total'));
    expect(call(value, new Order(), 1)).toEqual([2, 'Order.#total']);
    expect(call(value, 5, 1)).toEqual([Number.NaN, '#total']);
    const odd = {
      price: 1,
      get constructor(): never {
        throw new Error('read');
      },
    };
    expect(call(value, odd, 1)).toEqual([1, '#total']);
    expect(call(value, Object.assign(Object.create(null), { price: 1 }), 1)).toEqual([1, '#total']);
  });

  it('names what a symbol keeps', () => {
    const value = callDecorator(traced(), methodOf(Order.prototype, 'total'), standardContext('method', Symbol('sum')));
    expect(call(value, new Order(), 1)).toEqual([2, 'Order.[sum]']);
  });

  it('traces a class in place and returns nothing in its stead', () => {
    const Declared = declareOrder();
    expect(callDecorator(traced('shop order'), Declared, standardContext('class', 'Order'))).toBeUndefined();
    expect(new Declared().total(1)).toEqual([2, 'shop order.total']);
    const Anonymous = declareOrder();
    callDecorator(traced(), Anonymous, standardContext('class', undefined));
    expect(new Anonymous().total(1)).toEqual([2, 'Order.total']);
  });

  it('traces what a field holds if it is a function', () => {
    const initialize = callDecorator(traced(), undefined, standardContext('field', 'handler'));
    expect(
      call(
        call(initialize, new Order(), () => activeName()),
        undefined,
      ),
    ).toBe('Order.handler');
    expect(call(initialize, new Order(), Order)).toBe(Order);
    expect(call(initialize, new Order(), 7)).toBe(7);
  });

  it('refuses what is no part of a class', () => {
    expect(() => callDecorator(traced(), undefined, standardContext('parameter', 'x'))).toThrow(
      new TypeError('@traced() cannot be put on a parameter'),
    );
  });
});

describe('@traced without its parentheses', () => {
  it('does what it does with them', () => {
    const Declared = declareOrder();
    expect(callDecorator(traced, Declared.prototype, 'total')).toBeUndefined();
    expect(new Declared().total(1)).toEqual([2, 'Order.total']);
    const value = callDecorator(traced, methodOf(Order.prototype, 'total'), standardContext('method', 'total'));
    expect(call(value, new Order(), 1)).toEqual([2, 'Order.total']);
    const field = callDecorator(traced, undefined, standardContext('field', 'handler'));
    expect(
      call(
        call(field, new Order(), () => activeName()),
        undefined,
      ),
    ).toBe('Order.handler');
  });

  it('is not mistaken for anything that cannot be traced', () => {
    expect(() => callDecorator(traced(), 5)).toThrow(
      new TypeError('@traced() is a decorator of classes and of what is in them'),
    );
  });
});
