// @spec S2.3 S2.5
import 'reflect-metadata';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { traced } from '../../../runtime/src/tracing/spans/traced.ts';
import { activeName, SpanRecorder } from '../../support/spanRecorder.ts';
import { compileWithEsbuild, compileWithTsc, type DecoratorKind } from './decorators/compilers.ts';
import type { declareMembers, Given } from './decorators/members.ts';
import type { declareStandardMembers } from './decorators/standardMembers.ts';

type Compile = (kind: DecoratorKind, folder: string) => Promise<string>;

const compilers: readonly [string, DecoratorKind, Compile][] = [
  ['tsc', 'standard', compileWithTsc],
  ['tsc', 'legacy', compileWithTsc],
  ['esbuild', 'standard', compileWithEsbuild],
  ['esbuild', 'legacy', compileWithEsbuild],
];

/** What the compiled modules export; each has one of the two. */
interface Compiled {
  readonly declareMembers: typeof declareMembers;
  readonly declareStandardMembers: typeof declareStandardMembers;
}

function isCompiled(loaded: unknown): loaded is Compiled {
  return (
    typeof loaded === 'object' && loaded !== null && Object.keys(loaded).some((name) => name.startsWith('declare'))
  );
}

async function load(folder: string, file: string): Promise<Compiled> {
  const loaded: unknown = await import(/* @vite-ignore */ pathToFileURL(join(folder, file)).href);
  if (!isCompiled(loaded)) throw new TypeError(`${file} is not what was compiled`);
  return loaded;
}

let folder: string;
let recorder: SpanRecorder;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'decorators-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

const compilations = new Map<string, Promise<string>>();

/** Compiles once for all tests. */
function compiledBy(name: string, kind: DecoratorKind, compile: Compile): Promise<string> {
  const key = `${name}-${kind}`;
  const compilation = compilations.get(key) ?? compile(kind, join(folder, key));
  compilations.set(key, compilation);
  return compilation;
}

beforeEach(() => {
  recorder = new SpanRecorder();
});

afterEach(() => {
  recorder.stop();
});

const given: Given = {
  traced,
  active: activeName,
  remember: (fn, what) => {
    if (typeof fn === 'function') Reflect.defineMetadata('route', what, fn);
  },
};

describe.each(compilers)('@traced() as compiled by %s with %s decorators', (name, kind, compile) => {
  let compiled: string;
  let Cart: ReturnType<typeof declareMembers>['Cart'];
  let Gift: ReturnType<typeof declareMembers>['Gift'];
  let Ledger: ReturnType<typeof declareMembers>['Ledger'];

  beforeAll(async () => {
    compiled = await compiledBy(name, kind, compile);
    ({ Cart, Gift, Ledger } = (await load(compiled, 'members.js')).declareMembers(given));
  });

  it('is called in the way that is looked at here', async () => {
    const code = await readFile(join(compiled, 'members.js'), 'utf8');
    expect(/__decorateClass\(|__decorate\(/.test(code)).toBe(kind === 'legacy');
    expect(/__esDecorate\(|__decorateElement\(/.test(code)).toBe(kind === 'standard');
  });

  it('traces methods, static ones, generators and accessors', async () => {
    const cart = Cart.open();
    expect(cart).toBeInstanceOf(Cart);
    expect(cart.add('tea', 2)).toEqual([2, 'Cart.add']);
    expect(await cart.pay('4111111111111111', 5)).toEqual([16, 5, 'check out']);
    expect(cart.find('tea')).toBe(0);
    expect([...cart.each()]).toEqual([
      ['tea', 'Cart.each'],
      ['tea', 'Cart.each'],
    ]);
    for await (const page of cart.pages()) expect(page).toBe('Cart.pages');
    expect(cart.size).toEqual([2, 'Cart.get size']);
    cart.note = 'gift';
    expect(cart.seen).toEqual(['gift', 'Cart.set note']);
    expect(recorder.seen).toEqual([
      { name: 'Cart.open' },
      { name: 'Cart.add' },
      { name: 'check out', attributes: { 'argument.card': '[redacted]', 'argument.total': 5 } },
      { name: 'find tea', attributes: { item: 'tea' } },
      { name: 'Cart.each' },
      { name: 'Cart.pages' },
      { name: 'Cart.get size' },
      { name: 'Cart.set note' },
    ]);
    expect(recorder.problems).toEqual([]);
  });

  it('hands over callbacks and whatever is thrown', () => {
    const cart = new Cart();
    const answers: unknown[] = [];
    cart.ask('how', (error, answer) => answers.push(error, answer, activeName()));
    expect(answers).toEqual([null, 'how Cart.ask', undefined]);
    for (const error of [null, undefined, Object.freeze({ code: 7 })]) {
      let caught: unknown = 'nothing';
      try {
        cart.fail(error);
      } catch (thrown) {
        caught = thrown;
      }
      expect(caught).toBe(error);
    }
    expect(recorder.names).toEqual(['Cart.ask', 'Cart.fail', 'Cart.fail', 'Cart.fail']);
  });

  it('leaves a method what it was to whoever looks', () => {
    const add: unknown = Object.getOwnPropertyDescriptor(Cart.prototype, 'add')?.value;
    expect(typeof add === 'function' && [add.name, add.length]).toEqual(['add', 1]);
    expect(Object.keys(Cart.prototype)).toEqual([]);
    expect(Object.keys(new Cart())).toEqual(['seen']);
  });

  it('keeps what frameworks remember of a method', () => {
    const handle: unknown = Object.getOwnPropertyDescriptor(Cart.prototype, 'handle')?.value;
    expect(typeof handle === 'function' && Reflect.getMetadata('route', handle)).toBe('/handled');
    expect(new Cart().handle()).toBe('Cart.handle');
  });

  it('names inherited and overridden methods after the class that declares them', () => {
    const gift = Gift.open();
    expect(gift).toBeInstanceOf(Gift);
    expect(gift.add('tea')).toEqual(['gift', 'Gift.add', [1, 'Cart.add']]);
    expect(gift.find('tea')).toBe(0);
    expect(recorder.names).toEqual(['Cart.open', 'Cart.add', 'Gift.add', 'find tea']);
  });

  it('traces the methods of a class, and leaves its constructor, getters and other classes alone', () => {
    const ledger = new Ledger(7);
    expect([Ledger.name, Ledger.length, ledger.constructor === Ledger]).toEqual(['Ledger', 1, true]);
    expect([ledger.total(), ledger.special(), ledger.label]).toEqual([[7, 'Ledger.total'], 'special', undefined]);
    expect(Ledger.count()).toEqual([1, 'Ledger.count']);
    expect(Ledger.Entry).toBe(Cart);
    class Special extends Ledger {}
    expect(new Special(1).total()).toEqual([1, 'Ledger.total']);
    expect(recorder.names).toEqual(['Ledger.total', 'special', 'Ledger.count', 'Ledger.total']);
  });
});

describe.each(compilers.filter(([, kind]) => kind === 'standard'))(
  '@traced() as compiled by %s',
  (name, kind, compile) => {
    it('traces private members, accessors and fields, static ones too', async () => {
      const { Vault } = (
        await load(await compiledBy(name, kind, compile), 'standardMembers.js')
      ).declareStandardMembers(given);
      const vault = new Vault(5);
      expect(vault.read()).toEqual([
        [10, 'Vault.#unlock'],
        [5, 'Vault.get #secret'],
      ]);
      expect(Vault.count()).toEqual([1, 'Vault.#open']);
      vault.level += 1;
      expect([vault.level, vault.size]).toEqual([2, 3]);
      expect([vault.peek(), Vault.make()]).toEqual([[5, 'Vault.peek'], 'Vault.make']);
      expect(recorder.names).toEqual([
        'Vault.#unlock',
        'Vault.get #secret',
        'Vault.#open',
        'Vault.get level',
        'Vault.set level',
        'Vault.get level',
        'Vault.peek',
        'Vault.make',
      ]);
    });
  },
);

describe('@traced() in a project without a compiler', () => {
  it('is called by hand on a prototype, a class or a function', () => {
    class Plain {
      total(): string | undefined {
        return activeName();
      }
    }
    expect(traced()(Plain.prototype, 'total')).toBeUndefined();
    expect(new Plain().total()).toBe('Plain.total');
    class Whole {
      total(): string | undefined {
        return activeName();
      }
    }
    expect(traced()(Whole)).toBe(Whole);
    expect(new Whole().total()).toBe('Whole.total');
    expect(traced('by hand')(() => activeName())()).toBe('by hand');
  });
});
