import { types } from 'node:util';
import { attempt } from './attempt.ts';
import type { TrackedRequest } from './trackedRequest.ts';

/** A call that is a request, or part of one. */
export interface RequestCall {
  readonly request: TrackedRequest;
  readonly fn: (...args: never) => unknown;
  readonly self: unknown;
  readonly args: readonly unknown[];
  /** Told of what it returned, or of what its promise came to. Never throws. */
  readonly succeed: () => void;
  /** Told of what it threw, or of what its promise was rejected with. Never throws. */
  readonly fail: (error: unknown) => void;
}

/**
 * Makes a call with a request as the current one, and tells how it ended.
 *
 * A promise of an async function is nobody else's yet: one of the same outcome is returned in its place, so that a rejection
 * that nobody handles is still one, and no second. Anything else is returned as it is.
 */
export function callAsRequest(call: RequestCall): unknown {
  const { request, fn, self, args } = call;
  const progress = { hasBegun: false };
  let outcome: unknown;
  try {
    outcome = request.run((): unknown => {
      progress.hasBegun = true;
      return Reflect.apply(fn, self, args);
    });
  } catch (error) {
    call.fail(error);
    if (progress.hasBegun) throw error;
    return Reflect.apply(fn, self, args);
  }
  // Asking whether it is a promise leaves JavaScript, which costs as much as the rest of this.
  if (typeof outcome !== 'object' || !types.isPromise(outcome)) {
    call.succeed();
    return outcome;
  }
  if (attempt('a function has no tag', () => isAsync(fn)) !== true) return observed(call, outcome);
  return outcome.then(
    (value) => {
      call.succeed();
      return value;
    },
    (error: unknown) => {
      call.fail(error);
      throw error;
    },
  );
}

/** By the tag of its prototype, which is also that of bound functions, of Proxies and of functions of another realm. */
function isAsync(fn: RequestCall['fn']): boolean {
  return Reflect.get(fn, Symbol.toStringTag) === 'AsyncFunction';
}

function observed(call: RequestCall, promise: Promise<unknown>): Promise<unknown> {
  const begun = attempt('a promise could not be followed', () => {
    // Not the promise's own `then`, which a subclass may have made the start of its work.
    void Promise.prototype.then.call(
      promise,
      () => call.succeed(),
      (error: unknown) => call.fail(error),
    );
    return true;
  });
  // A subclass with a constructor of its own that `then` cannot call.
  if (begun !== true) call.succeed();
  return promise;
}
