import { context } from '@opentelemetry/api';
import { type AnyFunction, isFunction } from './anyFunction.ts';
import type { SpannedCall } from './spannedCall.ts';

/**
 * The arguments of a call with a Proxy in the place of the callback among them, which ends the call's span when it is called
 * for the first time. What the callback receives and returns stays the same. It runs in the context of the caller, and not in
 * the span that it ends.
 *
 * @param position - where the callback is; without a function there the arguments stay what they are, and the span ends as
 * usual
 */
export function withSpanEndingCallback(call: SpannedCall, position: 'last' | number): readonly unknown[] {
  const { args } = call;
  const index = position === 'last' ? args.length - 1 : position;
  const callback = args[index];
  if (!isFunction(callback)) return args;
  call.leaveOpen();
  return args.with(index, new Proxy(callback, new SpanEnd(call)));
}

class SpanEnd implements ProxyHandler<AnyFunction> {
  readonly #call: SpannedCall;

  constructor(call: SpannedCall) {
    this.#call = call;
  }

  apply(callback: AnyFunction, self: unknown, args: readonly unknown[]): unknown {
    const [error, value] = args;
    // In Node's callbacks there is an error where the first argument is truthy.
    if (error) this.#call.fail(error);
    else this.#call.succeed(value);
    return context.with(this.#call.parent, (): unknown => Reflect.apply(callback, self, args));
  }
}
