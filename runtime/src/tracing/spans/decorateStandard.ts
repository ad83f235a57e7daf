import { functionName } from '../../core/functionName.ts';
import { type AnyFunction, isFunction } from './anyFunction.ts';
import { MemberName } from './memberName.ts';
import { isClass, traceClass } from './traceClass.ts';
import { traceFunction } from './traceFunction.ts';
import type { TracedOptions } from './tracedOptions.ts';

/** Whether this is what a standard decorator gets as its second argument. */
export function isStandardContext(value: unknown): value is DecoratorContext {
  return typeof value === 'object' && value !== null && 'kind' in value && 'name' in value && 'addInitializer' in value;
}

/**
 * Traces what a standard decorator is put on, and returns what takes its place.
 *
 * @throws TypeError for what is no part of a class
 */
export function decorateStandard(options: TracedOptions, target: unknown, context: DecoratorContext): unknown {
  const { kind, name } = context;
  if (kind === 'field') return tracedField(name, options);
  if (kind === 'accessor' && isAccessor(target)) return tracedAccessor(target, name, options);
  if (!isFunction(target)) throw new TypeError(`@traced() cannot be put on a ${kind}`);
  if (kind === 'class') return traceClass(target, options, name ?? functionName(target));
  return tracedMember(target, new MemberName(name, PREFIXES[kind]), options);
}

/** As in the names that the language gives to the functions of an accessor. */
const PREFIXES: Partial<Record<DecoratorContext['kind'], string>> = { getter: 'get ', setter: 'set ' };

function tracedMember<F extends AnyFunction>(member: F, name: MemberName, options: TracedOptions): F {
  return name.belongsTo(traceFunction(member, options, name.of));
}

interface AccessorFunctions {
  readonly get: AnyFunction;
  readonly set: AnyFunction;
}

function isAccessor(target: unknown): target is AccessorFunctions {
  return typeof target === 'object' && target !== null && 'get' in target && 'set' in target;
}

function tracedAccessor({ get, set }: AccessorFunctions, key: PropertyKey, options: TracedOptions): AccessorFunctions {
  return {
    get: tracedMember(get, new MemberName(key, 'get '), options),
    set: tracedMember(set, new MemberName(key, 'set '), options),
  };
}

/** What a field holds is traced if it is a function. */
function tracedField(key: PropertyKey, options: TracedOptions) {
  return function (this: unknown, initial: unknown): unknown {
    if (!isFunction(initial) || isClass(initial)) return initial;
    return traceFunction(initial, options, new MemberName(key).of(this));
  };
}
