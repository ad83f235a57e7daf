import { types } from 'node:util';
import { isObject } from '../../core/isObject.ts';
import { declaredName, errorName } from '../../core/thrown/errorName.ts';
import { ownData } from '../../core/thrown/ownData.ts';

const MOST_CLASSES = 10;
const MOST_ANCESTORS = 20;

/** What objects have in common that inherit from one prototype. Frozen. */
export interface ObjectClass {
  /** The names of the classes, its own first, without `Object`. */
  readonly names: readonly string[];
  /** What an error of it is called that does not say so itself. */
  readonly errorName: string | undefined;
  /** Whether it is one of JavaScript's or the platform's errors, or of a class that extends one. */
  readonly isError: boolean;
  /** Whether it is or extends the `Error` of this realm, as far as what it inherits from tells. */
  readonly isErrorOfThisRealm: boolean;
  /** Whether name and message are behind the platform's getters, as those of an `AbortSignal`'s reason are. */
  readonly isPlatformError: boolean;
  /** What its errors say without having it themselves. */
  readonly message: string | undefined;
  /** Whether V8 cannot write out a stack without a Proxy, or an object in the place of a text. */
  readonly isHostile: boolean;
  /** Whether a class works out what its errors say. */
  readonly worksOutMessage: boolean;
  readonly code: unknown;
  readonly status: unknown;
}

/** Knows the classes of what was thrown: what each prototype says is looked up once. Runs no code of the application's. */
export class ClassBook {
  readonly #classes = new WeakMap<object, ObjectClass>();
  readonly #cleanName: (name: string) => string;

  /** @param cleanName - makes a name fit to be kept */
  constructor(cleanName: (name: string) => string) {
    this.#cleanName = cleanName;
  }

  /** Of an object that is no Proxy. */
  classOf(object: object): ObjectClass {
    const prototype: unknown = Object.getPrototypeOf(object);
    if (!isObject(prototype)) return NO_CLASS;
    if (types.isProxy(prototype)) return HIDDEN_CLASS;
    const known = this.#classes.get(prototype);
    if (known !== undefined) return known;
    const read = this.#read(prototype);
    this.#classes.set(prototype, read);
    return read;
  }

  #read(prototype: object): ObjectClass {
    const chain = prototypesFrom(prototype);
    const declared = chain.map(declaredName);
    const names = declared.filter((name) => name !== undefined && name !== 'Object').slice(0, MOST_CLASSES);
    const inherited = (key: string): unknown =>
      chain.map((owner) => ownData(owner, key)).find((value) => value !== undefined);
    const message = inherited('message');
    const isCut = isObject(Object.getPrototypeOf(chain.at(-1) ?? prototype));
    const name = errorName(Object.create(prototype) as object);
    return Object.freeze({
      names: Object.freeze(names.map((each) => this.#cleanName(each ?? ''))),
      errorName: name === undefined ? undefined : this.#cleanName(name),
      isError: declared.includes('Error'),
      isErrorOfThisRealm: chain.includes(Error.prototype),
      isPlatformError: chain.includes(DOMException.prototype),
      message: typeof message === 'string' && message !== '' ? message : undefined,
      isHostile: isCut || isObject(message) || isObject(inherited('name')),
      worksOutMessage: chain.some((owner) => Object.getOwnPropertyDescriptor(owner, 'message')?.get !== undefined),
      code: inherited('code'),
      status: inherited('status') ?? inherited('statusCode'),
    });
  }
}

const NO_CLASS: ObjectClass = Object.freeze({
  names: Object.freeze([]),
  errorName: undefined,
  isError: false,
  isErrorOfThisRealm: false,
  isPlatformError: false,
  message: undefined,
  isHostile: false,
  worksOutMessage: false,
  code: undefined,
  status: undefined,
});

const HIDDEN_CLASS: ObjectClass = Object.freeze({ ...NO_CLASS, isHostile: true });

/** The prototype and what it inherits from, up to a Proxy. */
function prototypesFrom(prototype: object): readonly object[] {
  const chain: object[] = [];
  let owner: unknown = prototype;
  while (isObject(owner) && !types.isProxy(owner) && chain.length < MOST_ANCESTORS) {
    chain.push(owner);
    owner = Object.getPrototypeOf(owner);
  }
  return chain;
}
