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

/** A new class for each test: tracing changes it. */
function declareShop() {
  class Shop {
    static #made = 0;
    static readonly defaultCurrency = (): string => 'EUR';
    static Item = class Item {
      readonly count = 1;
    };
    readonly #prices = new Map([['tea', 3]]);
    readonly field = (): string | undefined => activeName();
    readonly city: string;

    constructor(city = 'Bonn') {
      this.city = city;
      Shop.#made += 1;
    }

    static made(): number {
      return this.#made;
    }

    get size(): string {
      return `${this.#prices.size} in ${activeName() ?? 'no span'}`;
    }

    price(name: string): unknown {
      return [this.#lookUp(name), activeName()];
    }

    async order(name: string): Promise<string> {
      await Promise.resolve();
      return `${name} for ${this.city}`;
    }

    *names(): Generator<string> {
      yield* this.#prices.keys();
    }

    [Symbol.toPrimitive](): string {
      return 'shop';
    }

    #lookUp(name: string): number | undefined {
      return this.#prices.get(name);
    }
  }
  return Shop;
}

describe('traced(Class)', () => {
  it('traces every method that the class declares, static ones too, and changes nothing else', async () => {
    const Shop = declareShop();
    expect(traced(Shop)).toBe(Shop);
    expect([Shop.name, Shop.length]).toEqual(['Shop', 0]);
    const shop = new Shop('Ulm');
    expect(shop).toBeInstanceOf(Shop);
    expect(recorder.ended).toEqual([]);
    expect(shop.price('tea')).toEqual([3, 'Shop.price']);
    expect(await shop.order('tea')).toBe('tea for Ulm');
    expect([...shop.names()]).toEqual(['tea']);
    expect(shop[Symbol.toPrimitive]()).toBe('shop');
    expect(Shop.made()).toBe(1);
    expect([shop.size, shop.field(), Shop.defaultCurrency()]).toEqual(['1 in no span', undefined, 'EUR']);
    expect(recorder.names).toEqual([
      'Shop.price',
      'Shop.order',
      'Shop.names',
      'Shop.[Symbol.toPrimitive]',
      'Shop.made',
    ]);
  });

  it('leaves the methods what they were to whoever looks', () => {
    const Shop = declareShop();
    const before = Object.getOwnPropertyDescriptors(Shop.prototype);
    const { Item } = Shop;
    traced(Shop);
    const after = Object.getOwnPropertyDescriptors(Shop.prototype);
    expect(Reflect.ownKeys(after)).toEqual(Reflect.ownKeys(before));
    expect(after.order).toMatchObject({ writable: true, enumerable: false, configurable: true });
    const order = methodOf(Shop.prototype, 'order');
    expect([order.name, order.length]).toEqual(['order', 1]);
    expect([Object.getOwnPropertyDescriptor(Shop.prototype, 'constructor')?.value, Shop.Item]).toEqual([Shop, Item]);
    expect(after.size.get).toBe(before.size.get);
  });

  it('leaves inheritance as it is', () => {
    const Shop = traced(declareShop());
    class Kiosk extends Shop {
      override price(name: string): unknown {
        return ['kiosk', activeName(), super.price(name)];
      }
    }
    const kiosk = new Kiosk();
    expect(kiosk).toBeInstanceOf(Shop);
    expect(kiosk.price('tea')).toEqual(['kiosk', undefined, [3, 'Shop.price']]);
    traced(Kiosk);
    expect(kiosk.price('tea')).toEqual(['kiosk', 'Kiosk.price', [3, 'Shop.price']]);
    expect([...kiosk.names()]).toEqual(['tea']);
    expect(recorder.names).toEqual(['Shop.price', 'Shop.price', 'Kiosk.price', 'Shop.names']);
  });

  it('takes options for all methods, a name for the class among them', () => {
    const Shop = traced('store', declareShop(), { attributes: { tier: 1 }, arguments: true });
    new Shop().price('tea');
    expect(recorder.seen).toEqual([{ name: 'store.price', attributes: { tier: 1, 'argument.0': 'string(3)' } }]);
    const Named = traced(declareShop(), { name: ([first]) => `by argument ${String(first)}` });
    new Named().price('tea');
    expect(recorder.names[1]).toBe('by argument tea');
  });

  it('does not trace a method twice', () => {
    const Shop = declareShop();
    const value = traced('the price', methodOf(Shop.prototype, 'price'));
    Object.defineProperty(Shop.prototype, 'price', { value });
    traced(traced(Shop));
    expect(new Shop().price('tea')).toEqual([3, 'the price']);
    expect([...new Shop().names()]).toEqual(['tea']);
    expect(recorder.names).toEqual(['the price', 'Shop.names']);
  });

  it('knows a class that was written as a function', () => {
    function Counter(this: { count: number }): void {
      this.count = 0;
    }
    const increment = function increment(this: { count: number }): number {
      this.count += 1;
      return this.count;
    };
    Object.assign(Counter.prototype, { increment });
    expect(traced(Counter)).toBe(Counter);
    const { prototype }: { readonly prototype: object } = Counter;
    const counter: unknown = Reflect.construct(Counter, []);
    expect(counter).toEqual({ count: 0 });
    expect(Reflect.apply(methodOf(prototype, 'increment'), counter, [])).toBe(1);
    expect(recorder.names).toEqual(['Counter.increment']);
  });

  it('changes no class of the platform', () => {
    const get = methodOf(Map.prototype, 'get');
    const TracedMap = traced(Map);
    expect(methodOf(Map.prototype, 'get')).toBe(get);
    expect(new TracedMap([['a', 1]]).get('a')).toBe(1);
    expect(recorder.names).toEqual(['Map']);
  });

  it('leaves a frozen class as it is', () => {
    const Shop = declareShop();
    Object.freeze(Shop.prototype);
    expect(new (traced(Object.freeze(Shop)))().price('tea')).toEqual([3, undefined]);
  });

  it('is not taken in by functions whose source begins like a class', () => {
    const classes = traced((...classNames: string[]) => classNames.join(' '));
    const written = {
      class() {
        return 1;
      },
    };
    const method = traced(methodOf(written, 'class'));
    expect([classes('a', 'b'), method()]).toEqual(['a b', 1]);
    expect(recorder.names).toEqual(['anonymous', 'class']);
  });
});
