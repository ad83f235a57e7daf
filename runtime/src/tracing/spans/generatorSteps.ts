import { context, type Context } from '@opentelemetry/api';
import { types } from 'node:util';
import type { SpannedCall } from './spannedCall.ts';
import type { AnyFunction } from './anyFunction.ts';

/** The span of a generator. */
export interface GeneratorSpan {
  /** The context that each step runs in; `undefined` where there is no span, and steps are taken as they are. */
  readonly active: Context | undefined;
  /** The call that made the generator, which the span is ended by. */
  readonly call: SpannedCall;
}

/**
 * Makes the steps of a generator run in a span. The generator stays the object it is, with the prototype it has: it gets
 * a `next`, `return` and `throw` of its own, which loops, spreading and `yield*` find before those of its prototype.
 *
 * @param start - starts the span, at the first `next()`
 */
export function traceSteps(generator: Generator | AsyncGenerator, start: () => GeneratorSpan): void {
  const run = new GeneratorRun(generator, start);
  for (const step of ['next', 'return', 'throw'] as const) {
    const method: AnyFunction = Reflect.get(generator, step);
    const value = new Proxy(method, new StepCalls(run, step === 'next'));
    Object.defineProperty(generator, step, { value, writable: true, configurable: true });
  }
}

/** Calls of one of the three methods. */
class StepCalls implements ProxyHandler<AnyFunction> {
  readonly #run: GeneratorRun;
  readonly #isStart: boolean;

  constructor(run: GeneratorRun, isStart: boolean) {
    this.#run = run;
    this.#isStart = isStart;
  }

  apply(step: AnyFunction, self: unknown, args: readonly unknown[]): unknown {
    const take = (): unknown => Reflect.apply(step, self, args);
    return self === this.#run.generator ? this.#run.take(take, this.#isStart) : take();
  }
}

/** One generator from its first step to its last. */
class GeneratorRun {
  readonly generator: Generator | AsyncGenerator;
  readonly #start: () => GeneratorSpan;
  #span: GeneratorSpan | undefined;
  #isOver = false;
  #isStepping = false;

  constructor(generator: Generator | AsyncGenerator, start: () => GeneratorSpan) {
    this.generator = generator;
    this.#start = start;
  }

  take(step: () => unknown, isStart: boolean): unknown {
    // A generator that asks itself for its next value is told that it runs already, which is no failure of its span.
    if (this.#isOver || this.#isStepping) return step();
    if (this.#span === undefined && !isStart) this.#isOver = true;
    if (this.#isOver) return step();
    this.#span ??= this.#start();
    const { active } = this.#span;
    return active === undefined ? step() : this.#takeIn(active, step);
  }

  #takeIn(active: Context, step: () => unknown): unknown {
    let outcome: unknown;
    this.#isStepping = true;
    try {
      outcome = context.with(active, step);
    } catch (error) {
      this.#fail(error);
      throw error;
    } finally {
      this.#isStepping = false;
    }
    return types.isPromise(outcome) ? this.#whenTaken(outcome) : this.#taken(outcome);
  }

  /** Every step of an async generator makes a promise of its own; see `SpannedCall.end`. */
  #whenTaken(outcome: Promise<unknown>): Promise<unknown> {
    return outcome.then(
      (result) => this.#taken(result),
      (error: unknown) => {
        this.#fail(error);
        throw error;
      },
    );
  }

  #taken(result: unknown): unknown {
    if (isLast(result)) {
      this.#isOver = true;
      this.#span?.call.succeed(result.value);
    }
    return result;
  }

  #fail(error: unknown): void {
    this.#isOver = true;
    this.#span?.call.fail(error);
  }
}

function isLast(result: unknown): result is { readonly done: true; readonly value: unknown } {
  return typeof result === 'object' && result !== null && 'done' in result && result.done === true && 'value' in result;
}
