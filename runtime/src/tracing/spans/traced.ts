import { type AnyClass, type AnyFunction, isFunction } from './anyFunction.ts';
import { areOfDecorator, decorate, type DecoratorArguments, traceFunctionOrClass } from './decorate.ts';
import type { TracedDecorator } from './tracedDecorator.ts';
import type { TracedOptions, TracedOptionsOf } from './tracedOptions.ts';
import { nameOfType } from './validateSpanOptions.ts';
import { validateTracedOptions } from './validateTracedOptions.ts';

/**
 * Makes every call of a function a span.
 *
 * The result behaves as `fn` does: `this`, arguments, `name`, `length`, properties and prototype, what it returns and what
 * it throws, `new` where that is possible. It is a Proxy of `fn`, so that what is set on either is seen on both. Only its
 * source text (`toString()`) is not shown.
 *
 * - The span is active while the function runs, and in whatever that starts.
 * - A **promise** is returned as it is, and the span lasts until it is settled. The promise of an `async function` is nobody
 *   else's yet: one with the same outcome takes its place, so that a rejection that nobody handles stays one, and errors
 *   keep their callers in their stack trace. A rejection of a promise that any other function returns counts as handled
 *   once it is traced: await it. Other thenables are returned untouched and not waited for, because calling `then` is what
 *   starts many of them.
 * - A **generator**, asynchronous or not, has a span from its first `next()` until it is done or left; each step runs in it.
 * - A function that takes a **callback** has a span until that is called, see the option `callback`.
 * - A **class** has all methods traced that it declares, static ones too, as `Class.method`. It is changed in place and
 *   returned. A function with methods on its prototype is a class.
 * - What is **thrown** is recorded with its causes (see `recordException`), sets the status ERROR, and is thrown on,
 *   whatever it is. Success leaves the status unset. A status OK that the application sets stays.
 *
 * Where no provider runs, or the trace is not sampled, the function is only called.
 *
 * @throws TypeError for options that are unknown, of the wrong kind, or contradict each other; it names what is allowed.
 */
export function traced<F extends AnyFunction>(fn: F, options?: TracedOptionsOf<F>): F;
/** Makes every call of a function a span of this name. */
export function traced<F extends AnyFunction>(name: string, fn: F, options?: TracedOptionsOf<F>): F;
/** Traces all methods that a class declares, in place, and returns it. */
export function traced<C extends AnyClass>(type: C, options?: TracedOptions): C;
/** The same, with `name` in the place of the class's own name. */
export function traced<C extends AnyClass>(name: string, type: C, options?: TracedOptions): C;
/**
 * As a decorator, `@traced()`: of methods, getters, setters and classes, static members too, under `experimentalDecorators`
 * as under standard decorators; of private members, `accessor`s and fields that hold functions under standard ones only.
 *
 * @throws TypeError where it is put on something else.
 */
export function traced(options?: TracedOptions): TracedDecorator;
/** The same with a name: `@traced('charge card')`. */
export function traced(name: string, options?: TracedOptions): TracedDecorator;
export function traced(first?: unknown, second?: unknown, third?: unknown): unknown {
  // `@traced` without its parentheses.
  if (areOfDecorator([first, second])) return decorate({}, [first, second, third]);
  if (typeof first !== 'string') return tracedOrDecorator(first, isFunction(first) ? second : first, undefined);
  return tracedOrDecorator(second, isFunction(second) ? third : second, first);
}

function tracedOrDecorator(target: unknown, given: unknown, name: string | undefined): unknown {
  const options = name === undefined ? optionsOf(given) : { ...optionsOf(given), name };
  validateTracedOptions(options);
  if (isFunction(target)) return traceFunctionOrClass(target, options);
  return (...decorated: DecoratorArguments) => decorate(options, decorated);
}

function optionsOf(given: unknown): TracedOptions {
  if (given === undefined) return {};
  if (typeof given === 'object' && given !== null) return given;
  throw new TypeError(`traced takes a function, a name, options or nothing, and was given ${nameOfType(given)}`);
}
