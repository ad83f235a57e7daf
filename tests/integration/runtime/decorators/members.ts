import type { traced as Traced } from '../../../../runtime/src/tracing/spans/traced.ts';

/** What the decorated classes are given: they are compiled in several ways and import nothing. */
export interface Given {
  readonly traced: typeof Traced;
  /** The name of the active span. */
  readonly active: () => string | undefined;
  /** Keeps something about a function, as frameworks do with their decorators. */
  readonly remember: (fn: unknown, what: string) => void;
}

/** Classes with decorators on all that decorators of both kinds can be on. */
export function declareMembers({ traced, active, remember }: Given) {
  // Of both kinds, too: a legacy decorator is given the method in a descriptor.
  function route(path: string) {
    return (target: unknown, _key: unknown, descriptor?: { readonly value?: unknown }): void => {
      remember(descriptor?.value ?? target, path);
    };
  }

  class Cart {
    static readonly #opened: Cart[] = [];
    readonly #items: string[] = [];
    seen: unknown = undefined;

    @traced()
    static open(): Cart {
      const cart = new this();
      Cart.#opened.push(cart);
      return cart;
    }

    @traced()
    add(item: string, count = 1): unknown {
      for (let added = 0; added < count; added += 1) this.#items.push(item);
      return [this.#items.length, active()];
    }

    @traced('check out', { arguments: ['card', 'total'], reveal: ['card', 'total'] })
    async pay(card: string, total: number): Promise<unknown> {
      await Promise.resolve();
      return [card.length, total, active()];
    }

    @traced({ name: ([item]) => `find ${String(item)}`, attributes: ([item]: [string]) => ({ item }) })
    find(item: string): number {
      return this.#items.indexOf(item);
    }

    @traced()
    *each(): Generator {
      for (const item of this.#items) yield [item, active()];
    }

    @traced()
    async *pages(): AsyncGenerator {
      await Promise.resolve();
      yield active();
    }

    @traced({ callback: 'last' })
    ask(question: string, callback: (error: unknown, answer?: string) => void): void {
      callback(null, `${question} ${active() ?? ''}`);
    }

    @traced()
    fail(error: unknown): never {
      throw error;
    }

    @traced()
    @route('/handled')
    handle(): unknown {
      return active();
    }

    @traced()
    get size(): unknown {
      return [this.#items.length, active()];
    }

    @traced()
    set note(value: string) {
      this.seen = [value, active()];
    }
  }

  class Gift extends Cart {
    @traced()
    override add(item: string, count?: number): unknown {
      return ['gift', active(), super.add(item, count)];
    }
  }

  @traced()
  class Ledger {
    static calls = 0;
    static readonly Entry = Cart;
    readonly balance: number;

    constructor(balance: number) {
      this.balance = balance;
    }

    static count(): unknown {
      this.calls += 1;
      return [this.calls, active()];
    }

    total(): unknown {
      return [this.balance, active()];
    }

    @traced('special')
    special(): unknown {
      return active();
    }

    get label(): unknown {
      return active();
    }
  }

  return { Cart, Gift, Ledger };
}
