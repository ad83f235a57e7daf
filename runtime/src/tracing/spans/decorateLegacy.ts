import { type AnyFunction, isFunction } from './anyFunction.ts';
import { labelOf, MemberName } from './memberName.ts';
import { traceFunction } from './traceFunction.ts';
import type { TracedOptions } from './tracedOptions.ts';

/** What a legacy decorator is put on: a prototype or class, and the key of a member of it. */
export interface DecoratedMember {
  readonly owner: object;
  readonly key: string | symbol;
}

/** The first two arguments of a decorator as the member that a legacy decorator gets, if they are that. */
export function decoratedMember(owner: unknown, key: unknown): DecoratedMember | undefined {
  const isOwner = (typeof owner === 'object' && owner !== null) || typeof owner === 'function';
  const isKey = typeof key === 'string' || typeof key === 'symbol';
  return isOwner && isKey ? { owner, key } : undefined;
}

/** Whether this is a third argument that legacy decorators of methods and accessors get. */
export function isDescriptor(value: unknown): value is PropertyDescriptor {
  return typeof value === 'object' && value !== null;
}

/**
 * Traces the method or accessor that a legacy decorator is put on, and returns the descriptor that takes the place of the
 * given one. Without one, as when called by hand, the member itself is changed.
 *
 * @throws TypeError for a field: a legacy decorator is not shown what it will hold
 */
export function decorateLegacy(
  options: TracedOptions,
  member: DecoratedMember,
  given: PropertyDescriptor | undefined,
): PropertyDescriptor | undefined {
  if (given !== undefined) return tracedDescriptor(given, member, options);
  const own = Object.getOwnPropertyDescriptor(member.owner, member.key);
  Object.defineProperty(member.owner, member.key, tracedDescriptor(own ?? {}, member, options));
  return undefined;
}

interface AccessorFunctions {
  readonly get?: AnyFunction;
  readonly set?: AnyFunction;
}

function tracedDescriptor(
  descriptor: PropertyDescriptor,
  { owner, key }: DecoratedMember,
  options: TracedOptions,
): PropertyDescriptor {
  const method: unknown = descriptor.value;
  if (isFunction(method)) {
    return { ...descriptor, value: traceFunction(method, options, new MemberName(key).of(owner)) };
  }
  const { get, set } = accessorFunctions(descriptor);
  if (get === undefined && set === undefined) {
    throw new TypeError(`@traced() cannot trace ${labelOf(key)}: it is no method, getter or setter`);
  }
  return {
    ...descriptor,
    ...(get === undefined ? {} : { get: traceFunction(get, options, new MemberName(key, 'get ').of(owner)) }),
    ...(set === undefined ? {} : { set: traceFunction(set, options, new MemberName(key, 'set ').of(owner)) }),
  };
}

/** The functions by themselves: as they are typed, they are methods of their descriptor. */
function accessorFunctions(descriptor: AccessorFunctions): AccessorFunctions {
  return descriptor;
}
