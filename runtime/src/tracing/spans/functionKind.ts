import type { AnyFunction } from './anyFunction.ts';

/** What a function returns by the way it was written: a promise of its own, a generator, or whatever it likes. */
export type FunctionKind = 'async' | 'generator' | 'plain';

/**
 * The kind of a function. By the tag of its prototype, which unlike what `node:util` looks at is also that of bound
 * functions, of Proxies and of functions from another realm.
 */
export function functionKind(fn: AnyFunction): FunctionKind {
  const tag: unknown = Reflect.get(fn, Symbol.toStringTag);
  if (tag === 'AsyncFunction') return 'async';
  return tag === 'GeneratorFunction' || tag === 'AsyncGeneratorFunction' ? 'generator' : 'plain';
}
