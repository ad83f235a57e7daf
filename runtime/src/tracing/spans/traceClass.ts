import { labelOf } from './memberName.ts';
import { traceFunction } from './traceFunction.ts';
import { TRACED } from './tracedCalls.ts';
import { type AnyClass, type AnyFunction, isFunction } from './anyFunction.ts';
import type { TracedOptions } from './tracedOptions.ts';

/**
 * Traces the methods of a class, static ones too, in place: the class stays the object it is, since a wrapper around it
 * could not reach its private static members, and `instanceof`, inheritance and its constructor are untouched.
 *
 * Only what the class itself declares is traced. Inherited and private methods, getters, setters and fields are left alone,
 * and so are methods that are traced already.
 */
export function traceClass(type: AnyClass, options: TracedOptions, className: string): void {
  const prefix = typeof options.name === 'string' ? options.name : className;
  const { name, ...rest } = options;
  const methodOptions = typeof name === 'function' ? { ...rest, name } : rest;
  const prototype: unknown = type.prototype;
  if (isNonFunctionObject(prototype)) traceMethods(prototype, methodOptions, prefix);
  traceMethods(type, methodOptions, prefix);
}

function traceMethods(owner: object, options: TracedOptions, prefix: string): void {
  for (const key of Reflect.ownKeys(owner)) {
    const descriptor = Object.getOwnPropertyDescriptor(owner, key);
    const method: unknown = descriptor?.value;
    if (descriptor === undefined || !isFunction(method) || isLeftAlone(method, descriptor, owner)) continue;
    const value = traceFunction(method, options, `${prefix}.${labelOf(key)}`);
    // Nothing happens to a class that is frozen.
    Reflect.defineProperty(owner, key, { ...descriptor, value });
  }
}

/** What is traced already, classes (the constructor among them), and static fields, which unlike methods are enumerable. */
function isLeftAlone(method: AnyFunction, { enumerable }: PropertyDescriptor, owner: object): boolean {
  return TRACED in method || isClass(method) || (typeof owner === 'function' && enumerable === true);
}

/** Whether `value` was written as a class, or as a function that is one: with methods on its prototype. */
export function isClass(value: AnyFunction | AnyClass): value is AnyClass {
  const prototype: unknown = Object.getOwnPropertyDescriptor(value, 'prototype')?.value;
  if (!isNonFunctionObject(prototype)) return false;
  const source = Function.prototype.toString.call(value);
  if (source.startsWith('class')) return true;
  // The classes of the platform show no source. They are shared by everybody and never changed.
  if (source.endsWith('{ [native code] }')) return false;
  return Object.hasOwn(prototype, 'constructor') && Reflect.ownKeys(prototype).length > 1;
}

function isNonFunctionObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
