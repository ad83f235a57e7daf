import type { SpanOptions, Tracer } from '@opentelemetry/api';
import { reportProblem } from '../../core/reportProblem.ts';
import type { SpannedCall } from './spannedCall.ts';

/**
 * Makes a call in a new span, which is active in it. Where the span cannot be started, the call is made without: a sampler
 * or a processor that throws is none of the application's business.
 *
 * Everything is done here instead of in smaller functions: each would be a frame in the stack trace of whatever error the
 * call throws, and V8 keeps ten.
 */
export function callInSpan<T>(tracer: Tracer, name: string, options: SpanOptions, call: SpannedCall<T>): T {
  let hasBegun: boolean | undefined;
  try {
    return tracer.startActiveSpan(name, options, call.parent, (span) => {
      hasBegun = true;
      const args = call.begin(span);
      const { fn, self, newTarget } = call;
      let outcome: T;
      try {
        // eslint-disable-next-line @typescript-eslint/no-unsafe-assignment -- that T is what the function gives
        outcome = newTarget === undefined ? Reflect.apply(fn, self, args) : Reflect.construct(fn, args, newTarget);
      } catch (error) {
        call.fail(error);
        throw error;
      }
      return call.end(outcome);
    });
  } catch (error) {
    if (hasBegun === true) throw error;
    reportProblem('a span could not be started', error);
    return callBare(call);
  }
}

/** Makes a call without a span. */
export function callBare<T>(call: SpannedCall<T>): T {
  const { fn, self, args, newTarget } = call;
  // eslint-disable-next-line @typescript-eslint/no-unsafe-return -- that T is what the function gives
  return newTarget === undefined ? Reflect.apply(fn, self, args) : Reflect.construct(fn, args, newTarget);
}
