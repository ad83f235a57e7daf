import { context, trace } from '@opentelemetry/api';
import { types } from 'node:util';
import { reportProblem } from '../../core/reportProblem.ts';
import { type GeneratorSpan, traceSteps } from './generatorSteps.ts';
import { SpannedCall } from './spannedCall.ts';
import { TracedCalls } from './tracedCalls.ts';
import type { AnyFunction } from './anyFunction.ts';

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
    if (isTraced)
      traceSteps(generator, () => this.#start(new SpannedCall(this.plan, context.active(), fn, self, args)));
    return generator;
  }

  #start(call: SpannedCall): GeneratorSpan {
    const { parent, args, self } = call;
    try {
      const options = this.plan.startOptionsOf(args, self);
      const span = this.tracerFor(parent)?.startSpan(this.plan.nameOf(args, self), options, parent);
      if (span === undefined) return { call, active: undefined };
      call.begin(span);
      return { call, active: trace.setSpan(parent, span) };
    } catch (error) {
      reportProblem('a span could not be started', error);
      return { call, active: undefined };
    }
  }
}
