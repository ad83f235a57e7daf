import { context } from '@opentelemetry/api';
import type { LiveSpan } from './liveSpan.ts';
import { type CallParts, TracedCalls } from './tracedCalls.ts';
import { type AnyFunction, isFunction } from './anyFunction.ts';

/**
 * Calls whose span ends when a callback among their arguments is called for the first time. In its place the function is
 * given a Proxy of it, which receives and returns the same; it runs in the context of the call, not in the span that it
 * ends.
 */
export class CallbackCalls<F extends AnyFunction> extends TracedCalls<F> {
  protected override record<T>(live: LiveSpan, call: CallParts, invoke: (args: readonly unknown[]) => T): T {
    const { callback: position } = this.plan;
    const index = position === 'last' ? call.args.length - 1 : (position ?? -1);
    const callback = call.args[index];
    if (!isFunction(callback)) return super.record(live, call, invoke);
    const args = call.args.with(index, new Proxy(callback, new SpanEnd(live, call)));
    try {
      return invoke(args);
    } catch (error) {
      live.fail(error);
      throw error;
    }
  }
}

/** Ends a span when a callback is called. */
class SpanEnd implements ProxyHandler<AnyFunction> {
  readonly #live: LiveSpan;
  readonly #call: CallParts;

  constructor(live: LiveSpan, call: CallParts) {
    this.#live = live;
    this.#call = call;
  }

  apply(callback: AnyFunction, self: unknown, args: readonly unknown[]): unknown {
    const [error, value] = args;
    // In Node's callbacks there is an error where the first argument is truthy.
    if (error) this.#live.fail(error);
    else this.#live.succeed(value);
    return context.with(this.#call.parent, (): unknown => Reflect.apply(callback, self, args));
  }
}
