import { isObject } from '../../core/isObject.ts';

/**
 * Finds out how a decorated member is called in the name of its spans: `Class.member`. A standard decorator is not told the
 * class. The first call tells it: of the objects that `this` inherits from, the one that has the traced function for its
 * member belongs to the class that declares it.
 */
export class MemberName {
  readonly #key: PropertyKey;
  readonly #label: string;
  #traced: unknown;
  #found: string | undefined;

  /** @param prefix - `get ` or `set ` for an accessor, otherwise nothing */
  constructor(key: PropertyKey, prefix = '') {
    this.#key = key;
    this.#label = `${prefix}${labelOf(key)}`;
  }

  /** Says which function is to be looked for, and gives it back. */
  belongsTo<F>(traced: F): F {
    this.#traced = traced;
    return traced;
  }

  /** Private members are found nowhere: they are named after the class of `this`. */
  readonly of = (self: unknown): string => {
    if (this.#found !== undefined) return this.#found;
    if (!isObject(self)) return this.#label;
    try {
      const owner = this.#ownerAbove(self);
      const name = this.#nameIn(owner ?? self);
      if (owner !== undefined) this.#found = name;
      return name;
    } catch {
      // A Proxy, or a getter in the place of `constructor`.
      return this.#label;
    }
  };

  #ownerAbove(self: object): object | undefined {
    if (this.#traced === undefined) return undefined;
    for (let owner: unknown = self; isObject(owner); owner = Object.getPrototypeOf(owner)) {
      const member: MemberParts | undefined = Object.getOwnPropertyDescriptor(owner, this.#key);
      if ([member?.value, member?.get, member?.set].includes(this.#traced)) return owner;
    }
    return undefined;
  }

  #nameIn(owner: object): string {
    const type: unknown = typeof owner === 'function' ? owner : Reflect.get(owner, 'constructor');
    const name: unknown = typeof type === 'function' ? type.name : undefined;
    return typeof name === 'string' && name !== '' ? `${name}.${this.#label}` : this.#label;
  }
}

/** A descriptor's functions, which are looked at and not called. */
interface MemberParts {
  readonly value?: unknown;
  readonly get?: unknown;
  readonly set?: unknown;
}

/** How a member is called in the name of a span. */
export function labelOf(key: PropertyKey): string {
  return typeof key === 'symbol' ? `[${key.description ?? ''}]` : String(key);
}
