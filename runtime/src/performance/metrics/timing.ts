import { types } from 'node:util';
import type { Attributes, Histogram } from '@opentelemetry/api';
import type { HostProcess } from '../../core/hostProcess.ts';

/**
 * Calls `fn` and records how long it took, in seconds: until it returns or throws, or until the promise that it returns is
 * settled. Returns and throws what `fn` does, whatever the histogram does.
 *
 * In the place of a promise it returns one of the same outcome: whoever handles a rejection handles it there, and one that
 * nobody handles is reported as it would be without this, once. A promise that can do more than others, of a class of its own
 * or with properties, is returned as it is, and its rejection counts as handled, as it has been looked at. Thenables that are
 * no promises are not waited for: asking for the outcome may start the work.
 */
export type Time = <T>(histogram: Pick<Histogram, 'record'>, fn: () => T, attributes?: Attributes) => T;

/** Makes a `Time` of a clock. */
export function createTiming(host: Pick<HostProcess, 'monotonicMillis'>): Time {
  return (histogram, fn, attributes) => {
    const started = host.monotonicMillis();
    const record = (): void => {
      try {
        histogram.record((host.monotonicMillis() - started) / 1000, attributes);
      } catch {
        // A histogram of somebody else's. The call is not to suffer from it.
      }
    };
    // What it comes to is what `fn` returned, or a promise of the same.
    return timed(fn, record) as ReturnType<typeof fn>;
  };
}

function timed(fn: () => unknown, record: () => void): unknown {
  let outcome: unknown;
  try {
    outcome = fn();
  } catch (error) {
    record();
    throw error;
  }
  if (typeof outcome !== 'object' || !types.isPromise(outcome)) {
    record();
    return outcome;
  }
  return isPlain(outcome) ? withEnd(outcome, record) : observed(outcome, record);
}

/** Whether another promise of the same outcome does all that it does. */
function isPlain(promise: Promise<unknown>): boolean {
  return Object.getPrototypeOf(promise) === Promise.prototype && Object.getOwnPropertyNames(promise).length === 0;
}

/** A promise in the place of one that nobody else handles: a rejection that nobody handles is still one, and no second. */
function withEnd(promise: Promise<unknown>, record: () => void): Promise<unknown> {
  return promise.then(
    (value) => {
      record();
      return value;
    },
    (error: unknown) => {
      record();
      throw error;
    },
  );
}

function observed(promise: Promise<unknown>, record: () => void): Promise<unknown> {
  try {
    // Not the promise's own `then`, which a subclass may have made the start of its work.
    void Promise.prototype.then.call(promise, record, record);
  } catch {
    // A subclass with a constructor of its own that `then` cannot call.
    record();
  }
  return promise;
}
