import { isObject } from '../../core/isObject.ts';
import type { Span } from '@opentelemetry/api';
import type { Dispose } from '../../core/hostProcess.ts';

/** The methods that change a span. What they are given comes from the application. */
const GUARDED = [
  'setAttribute',
  'setAttributes',
  'addEvent',
  'addLink',
  'addLinks',
  'setStatus',
  'updateName',
  'end',
  'recordException',
] as const satisfies readonly (keyof Span)[];

/**
 * Makes the methods of the SDK's spans never throw. As they are, an attribute with a getter that throws, a link that is
 * `null` or an exception whose `message` cannot be read throw into the application that only wanted to be traced. The
 * methods are wrapped once, on the class, so that it costs nothing per span and the spans stay what they are.
 *
 * @param span - any span of the SDK's that is recorded
 * @param onError - told of what was thrown
 * @returns what puts the methods back
 */
export function guardSpanMethods(span: Span, onError: (error: unknown) => void): Dispose {
  const prototype: unknown = Object.getPrototypeOf(span);
  if (!isObject(prototype)) return () => undefined;
  const originals = GUARDED.flatMap((name) => {
    const descriptor = Object.getOwnPropertyDescriptor(prototype, name);
    const method: unknown = descriptor?.value;
    if (descriptor === undefined || !isMethod(method)) return [];
    Object.defineProperty(prototype, name, { ...descriptor, value: guarded(method, onError) });
    return [{ name, descriptor }];
  });
  return () => {
    for (const { name, descriptor } of originals.splice(0)) Object.defineProperty(prototype, name, descriptor);
  };
}

/** As many parameters as the longest of the methods has: a rest parameter would cost an array at every attribute. */
function guarded(method: SpanMethod, onError: (error: unknown) => void): SpanMethod {
  return function (this: unknown, first, second, third) {
    try {
      return method.call(this, first, second, third);
    } catch (error) {
      onError(error);
      return this;
    }
  };
}

type SpanMethod = (this: unknown, first: unknown, second: unknown, third: unknown) => unknown;

function isMethod(value: unknown): value is SpanMethod {
  return typeof value === 'function';
}
