import { context, type Context, trace, type Tracer } from '@opentelemetry/api';
import type { AnyFunction } from './anyFunction.ts';
import { callBare, callInSpan } from './callInSpan.ts';
import { SpannedCall } from './spannedCall.ts';
import type { SpanPlan } from './spanPlan.ts';
import { TracerSource } from './tracerSource.ts';

/** Whether `TRACED in fn` tells a traced function, of whichever copy of this module, from every other. */
export const TRACED = Symbol.for('@tracewright/runtime traced');

/**
 * What a traced function does with its calls: each is a span, from the call to the return, to the end of the promise that is
 * returned, or to the call of a callback.
 *
 * The traced function is a Proxy of the original one. `name`, `length`, `prototype`, and whatever properties either of the
 * two is given later are the same for both, which no function wrapped around the original could offer.
 */
export class TracedCalls<F extends AnyFunction> implements ProxyHandler<F> {
  /** The traced function. */
  readonly traced: F;
  protected readonly plan: SpanPlan;
  readonly #tracers = new TracerSource();

  constructor(fn: F, plan: SpanPlan) {
    this.plan = plan;
    this.traced = new Proxy(fn, this);
  }

  apply(fn: F, self: unknown, args: readonly unknown[]): unknown {
    const parent = context.active();
    const tracer = this.tracerFor(parent);
    if (tracer === undefined) return Reflect.apply(fn, self, args);
    const { plan } = this;
    const call = new SpannedCall(plan, parent, fn, self, args);
    return callInSpan(tracer, plan.nameOf(args, self), plan.startOptionsOf(args, self), call);
  }

  construct(fn: F, args: readonly unknown[], newTarget: AnyFunction): object {
    const parent = context.active();
    const tracer = this.tracerFor(parent);
    const { plan } = this;
    // What `new.target` is to a function that is called by `new` itself.
    const target = newTarget === this.traced ? fn : newTarget;
    const call = new SpannedCall<object>(plan, parent, fn, undefined, args, target);
    if (tracer === undefined) return callBare(call);
    return callInSpan(tracer, plan.nameOf(args, undefined), plan.startOptionsOf(args, undefined), call);
  }

  has(fn: F, key: PropertyKey): boolean {
    return key === TRACED || Reflect.has(fn, key);
  }

  /** The tracer for a call; `undefined` where it is to be made without a span. */
  protected tracerFor(parent: Context): Tracer | undefined {
    return this.#tracers.tracerFor(this.plan.isRoot ? trace.deleteSpan(parent) : parent);
  }
}
