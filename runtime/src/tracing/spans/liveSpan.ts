import { types } from 'node:util';
import type { Context, Span } from '@opentelemetry/api';
import { failSpan } from './failSpan.ts';
import { reportProblem } from './reportProblem.ts';

/** Told of what work came to before its span ends. */
export type ResultObserver = (span: Span, result: unknown) => void;

/**
 * A span that is recorded, from its start to its one end. Whatever is done with it, what the work of the span returns or
 * throws is passed on as it is: a failure here is told to the diagnostics and to nobody else.
 */
export class LiveSpan {
  readonly #span: Span;
  readonly #parent: Context;
  readonly #observeResult: ResultObserver | undefined;
  #isOpen = true;

  /** @param parent - the context that the span was started in */
  constructor(span: Span, parent: Context, observeResult?: ResultObserver) {
    this.#span = span;
    this.#parent = parent;
    this.#observeResult = observeResult;
  }

  /**
   * Does the work and ends the span when it is done: when it throws, returns, or when the promise that it returns is
   * settled.
   *
   * A promise is returned as it is. One that an async function made (`isAsync`) is nobody else's yet, and a promise of the
   * same outcome is returned in its place: a second listener on the first one would make a rejection that nobody handles
   * count as handled, and V8 would leave the callers out of the error's stack trace.
   *
   * Other thenables are not waited for: calling `then` starts the query of many a query builder.
   */
  run<T>(work: () => T, isAsync: boolean): T;
  run(work: () => unknown, isAsync: boolean): unknown {
    let outcome: unknown;
    try {
      outcome = work();
    } catch (error) {
      this.fail(error);
      throw error;
    }
    if (!types.isPromise(outcome)) {
      this.succeed(outcome);
      return outcome;
    }
    return isAsync ? this.#following(outcome) : this.#followed(outcome);
  }

  /** Ends the span of work that is done. Does nothing once the span has ended. */
  succeed(result: unknown): void {
    if (!this.#isOpen) return;
    this.#observeResult?.(this.#span, result);
    this.#end();
  }

  /** Ends the span of work that failed. Does nothing once the span has ended. */
  fail(error: unknown): void {
    if (!this.#isOpen) return;
    try {
      failSpan(this.#span, this.#parent, error);
    } catch (problem) {
      reportProblem('an error could not be recorded', problem);
    }
    this.#end();
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

  #end(): void {
    this.#isOpen = false;
    try {
      // The application may have ended its active span itself.
      if (this.#span.isRecording()) this.#span.end();
    } catch (problem) {
      reportProblem('a span could not be ended', problem);
    }
  }
}
