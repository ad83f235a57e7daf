import { functionName } from '../../core/functionName.ts';
import { type AnyClass, type AnyFunction, isFunction } from './anyFunction.ts';
import { decoratedMember, decorateLegacy, isDescriptor } from './decorateLegacy.ts';
import { decorateStandard, isStandardContext } from './decorateStandard.ts';
import { isClass, traceClass } from './traceClass.ts';
import { traceFunction } from './traceFunction.ts';
import type { TracedOptions } from './tracedOptions.ts';

/** The arguments of a decorator of any kind. */
export type DecoratorArguments = readonly [target: unknown, contextOrKey?: unknown, descriptor?: unknown];

/** Whether these are the arguments of a decorator on a member, or of a standard one. */
export function areOfDecorator([target, second]: DecoratorArguments): boolean {
  return isStandardContext(second) || decoratedMember(target, second) !== undefined;
}

/**
 * Does what `@traced()` does, by the arguments that it is called with: those of a standard decorator, of a legacy one, or a
 * function or class by itself.
 *
 * @throws TypeError for what cannot be traced
 */
export function decorate(options: TracedOptions, [target, second, third]: DecoratorArguments): unknown {
  if (isStandardContext(second)) return decorateStandard(options, target, second);
  const member = decoratedMember(target, second);
  if (member !== undefined) return decorateLegacy(options, member, isDescriptor(third) ? third : undefined);
  if (!isFunction(target)) throw new TypeError('@traced() is a decorator of classes and of what is in them');
  return traceFunctionOrClass(target, options);
}

/** Traces the methods of a class, or a function. */
export function traceFunctionOrClass(target: AnyFunction & AnyClass, options: TracedOptions): unknown {
  if (!isClass(target)) return traceFunction(target, options);
  traceClass(target, options, functionName(target));
  return target;
}
