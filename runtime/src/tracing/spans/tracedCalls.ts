import { context, type Context, trace, type Tracer } from '@opentelemetry/api';
import { inActiveSpan } from './inActiveSpan.ts';
import { LiveSpan } from './liveSpan.ts';
import type { SpanPlan } from './spanPlan.ts';
import type { AnyFunction } from './anyFunction.ts';
import { TracerSource } from './tracerSource.ts';

/** Whether `TRACED in fn` tells a traced function, of whichever copy of this module, from every other. */
export const TRACED = Symbol.for('@tracewright/runtime traced');

/** What a call is made of. */
export interface CallParts {
  readonly self: unknown;
  readonly args: readonly unknown[];
  /** The context that it was made in. */
  readonly parent: Context;
}

/**
 * What a traced function does with its calls: each is a span, from the call to the return or to the end of the promise that
 * is returned.
 *
 * The traced function is a Proxy of the original one. `name`, `length`, `prototype`, and whatever properties either of the
 * two is given later are the same for both, which no function wrapped around the original could offer.
 */
export class TracedCalls<F extends AnyFunction> implements ProxyHandler<F> {
  /** The traced function. */
  readonly traced: F;
  protected readonly plan: SpanPlan;
  readonly #tracers = new TracerSource();
  readonly #isAsync: boolean;

  /** @param isAsync - whether every promise that `fn` returns is made for the call and known to nobody */
  constructor(fn: F, plan: SpanPlan, isAsync: boolean) {
    this.plan = plan;
    this.#isAsync = isAsync;
    this.traced = new Proxy(fn, this);
  }

  apply(fn: F, self: unknown, args: readonly unknown[]): unknown {
    const parent = context.active();
    const tracer = this.tracerFor(parent);
    if (tracer === undefined) return Reflect.apply(fn, self, args);
    return this.#inSpan<unknown>(tracer, { self, args, parent }, (given) => Reflect.apply(fn, self, given));
  }

  construct(fn: F, args: readonly unknown[], newTarget: AnyFunction): object {
    const parent = context.active();
    const tracer = this.tracerFor(parent);
    // What `new.target` is to a function that is called by `new` itself.
    const target = newTarget === this.traced ? fn : newTarget;
    if (tracer === undefined) return construct(fn, args, target);
    return this.#inSpan(tracer, { self: undefined, args, parent }, (given) => construct(fn, given, target));
  }

  has(fn: F, key: PropertyKey): boolean {
    return key === TRACED || Reflect.has(fn, key);
  }

  /** The tracer for a call; `undefined` where it is to be made without a span. */
  protected tracerFor(parent: Context): Tracer | undefined {
    return this.#tracers.tracerFor(this.plan.isRoot ? trace.deleteSpan(parent) : parent);
  }

  /** Makes the call in its span, which is recorded and active, and sees to its end. */
  protected record<T>(live: LiveSpan, { args }: CallParts, invoke: (args: readonly unknown[]) => T): T {
    return live.run(() => invoke(args), this.#isAsync);
  }

  #inSpan<T>(tracer: Tracer, call: CallParts, invoke: (args: readonly unknown[]) => T): T {
    const { self, args, parent } = call;
    const start = { tracer, parent, name: this.plan.nameOf(args, self), options: this.plan.startOptionsOf(args, self) };
    return inActiveSpan(
      start,
      (span) => {
        if (!span.isRecording()) return invoke(args);
        this.plan.describeCall(span, args, self);
        return this.record(new LiveSpan(span, parent, this.plan.resultObserver(args, self)), call, invoke);
      },
      () => invoke(args),
    );
  }
}

function construct(fn: AnyFunction, args: readonly unknown[], newTarget: AnyFunction): object {
  // eslint-disable-next-line @typescript-eslint/no-unsafe-return -- `new` gives objects only
  return Reflect.construct(fn, args, newTarget);
}
