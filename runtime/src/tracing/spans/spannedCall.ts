import { types } from 'node:util';
import type { Context, Span } from '@opentelemetry/api';
import { reportProblem } from '../../core/reportProblem.ts';
import type { AnyFunction } from './anyFunction.ts';
import { failSpan } from './failSpan.ts';

/** What is known of a call before it is made. */
export interface CallPlan {
  /** Whether the function is an async one: every promise that it returns is made for the call and known to nobody else. */
  readonly isAsync: boolean;
  /** Told of the span of a call, which has begun and is active. Returns the arguments to make the call with. */
  begin(call: SpannedCall, span: Span): readonly unknown[];
  /** Sets on the span of a call what is to be said of its result. Never throws. */
  describeResult(call: SpannedCall, span: Span, result: unknown): void;
}

/**
 * A call that is made in a span, from the start of the span to its one end. Whatever becomes of the span, what the call
 * returns or throws is passed on as it is: what goes wrong here is told to the diagnostics and to nobody else.
 *
 * There is one class for all, and one object for each: this is what a traced function costs.
 */
export class SpannedCall<T = unknown> {
  /** The context that the call is made in. */
  readonly parent: Context;
  readonly fn: AnyFunction;
  readonly self: unknown;
  readonly args: readonly unknown[];
  /** What `new.target` is to be, for a call by `new`. */
  readonly newTarget: AnyFunction | undefined;
  readonly #plan: CallPlan;
  /** The span while it is open, if it is recorded. */
  #span: Span | undefined = undefined;
  #isLeftOpen = false;

  constructor(
    plan: CallPlan,
    parent: Context,
    fn: AnyFunction,
    self: unknown,
    args: readonly unknown[],
    newTarget?: AnyFunction,
  ) {
    this.#plan = plan;
    this.parent = parent;
    this.fn = fn;
    this.self = self;
    this.args = args;
    this.newTarget = newTarget;
  }

  /** Whether there is a span that is recorded and has not ended. */
  get isOpen(): boolean {
    return this.#span !== undefined;
  }

  /**
   * Takes the span, which has started and is active. One that is not recorded needs no end and is not looked at again.
   *
   * @returns the arguments to make the call with
   */
  begin(span: Span): readonly unknown[] {
    if (span.isRecording()) this.#span = span;
    return this.#plan.begin(this, span);
  }

  /** Lets the span outlast the return of the function: somebody else ends it. */
  leaveOpen(): void {
    this.#isLeftOpen = true;
  }

  /**
   * Ends the span of a function that returned, at once or when the promise that it returned is settled.
   *
   * A promise is returned as it is. One that an async function made is nobody else's yet, and a promise of the same outcome
   * is returned in its place: a second listener on the first one would make a rejection that nobody handles count as
   * handled, and V8 would leave the callers out of the error's stack trace.
   *
   * Other thenables are not waited for: calling `then` starts the query of many a query builder.
   */
  end(outcome: T): T;
  end(outcome: unknown): unknown {
    if (this.#span === undefined || this.#isLeftOpen) return outcome;
    // Asking whether it is a promise leaves JavaScript, which costs as much as the rest of this.
    if (typeof outcome !== 'object' || !types.isPromise(outcome)) {
      this.succeed(outcome);
      return outcome;
    }
    return this.#plan.isAsync ? this.#following(outcome) : this.#followed(outcome);
  }

  /** Ends the span of a call that is done. Does nothing once it has ended. */
  succeed(result: unknown): void {
    const span = this.#span;
    if (span === undefined) return;
    this.#plan.describeResult(this, span, result);
    this.#close(span);
  }

  /** Ends the span of a call that failed. Does nothing once it has ended. */
  fail(error: unknown): void {
    const span = this.#span;
    if (span === undefined) return;
    try {
      failSpan(span, this.parent, error);
    } catch (problem) {
      reportProblem('an error could not be recorded', problem);
    }
    this.#close(span);
  }

  #following(promise: Promise<unknown>): Promise<unknown> {
    return promise.then(
      (value) => {
        this.succeed(value);
        return value;
      },
      (error: unknown) => {
        this.fail(error);
        throw error;
      },
    );
  }

  #followed(promise: Promise<unknown>): Promise<unknown> {
    try {
      // Not the promise's own `then`, which a subclass may have made the start of its work.
      void Promise.prototype.then.call(
        promise,
        (value: unknown) => this.succeed(value),
        (error: unknown) => this.fail(error),
      );
    } catch (problem) {
      // A subclass with a constructor of its own that `then` cannot call.
      reportProblem('a promise could not be followed', problem);
      this.succeed(undefined);
    }
    return promise;
  }

  #close(span: Span): void {
    this.#span = undefined;
    try {
      // The application may have ended its active span itself.
      if (span.isRecording()) span.end();
    } catch (problem) {
      reportProblem('a span could not be ended', problem);
    }
  }
}
