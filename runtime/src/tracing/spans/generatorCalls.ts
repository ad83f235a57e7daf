import { context, trace } from '@opentelemetry/api';
import { types } from 'node:util';
import { type GeneratorSpan, traceSteps } from './generatorSteps.ts';
import { LiveSpan } from './liveSpan.ts';
import { reportProblem } from './reportProblem.ts';
import { TracedCalls } from './tracedCalls.ts';
import type { AnyFunction } from './anyFunction.ts';

const NO_SPAN: GeneratorSpan = { active: undefined, live: undefined };

/**
 * Calls of a generator function, synchronous or not. The span lasts from the first `next()` of the generator to its end:
 * when it is done, throws, or is left by `return()`, as leaving a loop early does. It is a child of the span that is active
 * at that first `next()`. A generator that is never begun has no span, and the span of one that is neither finished nor
 * left never ends.
 */
export class GeneratorCalls<F extends AnyFunction> extends TracedCalls<F> {
  override apply(fn: F, self: unknown, args: readonly unknown[]): unknown {
    const generator: unknown = Reflect.apply(fn, self, args);
    const isTraced = types.isGeneratorObject(generator) && this.tracerFor(context.active()) !== undefined;
    if (isTraced) traceSteps(generator, () => this.#start(args, self));
    return generator;
  }

  #start(args: readonly unknown[], self: unknown): GeneratorSpan {
    const parent = context.active();
    const tracer = this.tracerFor(parent);
    if (tracer === undefined) return NO_SPAN;
    try {
      const span = tracer.startSpan(this.plan.nameOf(args, self), this.plan.startOptionsOf(args, self), parent);
      const active = trace.setSpan(parent, span);
      if (!span.isRecording()) return { active, live: undefined };
      this.plan.describeCall(span, args, self);
      return { active, live: new LiveSpan(span, parent, this.plan.resultObserver(args, self)) };
    } catch (error) {
      reportProblem('a span could not be started', error);
      return NO_SPAN;
    }
  }
}
