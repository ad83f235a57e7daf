import type { Dispose } from '../../core/hostProcess.ts';

/** On a method that is watched: once that is ended, the method's own place before it was. Also of another copy of this package. */
const BEFORE = Symbol.for('@tracewright/runtime watched call');

/** What was in a place of its own; nothing where it was inherited. */
interface Place {
  readonly own: PropertyDescriptor | undefined;
}

/**
 * Tells of every call of a method before it is made. What the method does, returns and throws stays as it was, as do its name,
 * its length and what else it has. An accessor is left alone.
 *
 * @param before - never throws
 * @returns Puts the method back. One that somebody else has wrapped meanwhile stays in place and tells nothing more.
 */
export function watchCalls(
  owner: object,
  method: string,
  before: (self: unknown, given: readonly unknown[]) => void,
): Dispose {
  const own = Object.getOwnPropertyDescriptor(owner, method);
  const original: unknown = (own ?? inherited(owner, method))?.value;
  if (typeof original !== 'function') return () => undefined;
  let isActive = true;
  const watched = function (this: unknown, ...given: unknown[]): unknown {
    if (isActive) before(this, given);
    return Reflect.apply(original, this, given) as unknown;
  };
  Object.defineProperties(watched, {
    ...Object.getOwnPropertyDescriptors(original),
    [BEFORE]: { configurable: true, get: (): Place | undefined => (isActive ? undefined : { own }) },
  });
  const described = own ?? { configurable: true, enumerable: false, writable: true };
  if (!Reflect.defineProperty(owner, method, { ...described, value: watched })) return () => undefined;
  return () => {
    isActive = false;
    if (Object.getOwnPropertyDescriptor(owner, method)?.value === watched) putBack(owner, method, own);
  };
}

function inherited(owner: object, method: string): PropertyDescriptor | undefined {
  let ancestor: unknown = Object.getPrototypeOf(owner);
  while (typeof ancestor === 'object' && ancestor !== null) {
    const found = Object.getOwnPropertyDescriptor(ancestor, method);
    if (found !== undefined) return found;
    ancestor = Object.getPrototypeOf(ancestor);
  }
  return undefined;
}

/** What was watched before and is not any more could not be put back then. */
function putBack(owner: object, method: string, place: PropertyDescriptor | undefined): void {
  let own = place;
  for (let ended = endedPlace(own); ended !== undefined; ended = endedPlace(own)) ({ own } = ended);
  if (own === undefined) Reflect.deleteProperty(owner, method);
  else Reflect.defineProperty(owner, method, own);
}

function endedPlace(own: PropertyDescriptor | undefined): Place | undefined {
  const watched: unknown = own?.value;
  return typeof watched === 'function' ? (Reflect.get(watched, BEFORE) as Place | undefined) : undefined;
}
