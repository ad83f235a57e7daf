import { functionName } from '../core/functionName.ts';
import { attempt } from './attempt.ts';
import { callAsRequest } from './callAsRequest.ts';
import { isFinished } from './lifecycle/requestState.ts';
import type { GivenAttributes } from './requestAttributes.ts';
import type { RequestTracker } from './requestTracker.ts';
import type { TrackedRequest } from './trackedRequest.ts';

/** Any function that can be tracked. */
export type TrackableFunction = (...args: never) => unknown;

/**
 * What is to be known of the requests that calls of a function are. Each function gets the arguments of the call; where it
 * throws, the request lacks what it would have told, and the call is made all the same.
 */
export interface TrackOptions<F extends TrackableFunction> {
  /** What is done, of few different names. @defaultValue the name of the function */
  readonly operation?: string;
  /** Who asked for it. */
  readonly userId?: (...args: Parameters<F>) => string | undefined;
  /** The program, bot or device that asks on somebody's behalf. */
  readonly agentId?: (...args: Parameters<F>) => string | undefined;
  /** The ID of the request that this one is a part of. @defaultValue the one in which the function is called */
  readonly parentId?: (...args: Parameters<F>) => string | undefined;
  /** Whatever else is to be known of it; secrets are redacted by their keys. */
  readonly attributes?: (...args: Parameters<F>) => GivenAttributes | undefined;
}

/**
 * A function in the place of `fn` each call of which is a request: from the call to the return, or to the end of the
 * promise that is returned; failed with what is thrown. Requests that start in it become parts of it.
 *
 * It behaves as `fn`: `this`, arguments, what is returned and thrown, `name`, `length`, whatever properties it has. An async
 * function returns a promise of the same outcome; a function that is not one returns the very promise that it would have,
 * and its rejection counts as handled, as it has been looked at. Where the tracker itself fails, the call is made without.
 *
 * Generators are not followed: the request of one ends when the generator is made, before anything in it has run. Neither
 * are thenables that are no promises, of which asking for the outcome may start the work. Calls by `new` are no requests.
 */
export function track<F extends TrackableFunction>(tracker: RequestTracker, fn: F, options: TrackOptions<F> = {}): F {
  const operation = options.operation ?? functionName(fn);
  return new Proxy(fn, {
    apply(target, self: unknown, args: Parameters<F>): unknown {
      const request = attempt('a request could not be started', () => startCall(tracker, operation, options, args));
      if (request === undefined) return Reflect.apply(target, self, args);
      return callAsRequest({
        request,
        fn: target,
        self,
        args,
        succeed: () => end(request, () => request.complete()),
        fail: (error) => end(request, () => request.fail({ error })),
      });
    },
  });
}

function startCall<F extends TrackableFunction>(
  tracker: RequestTracker,
  operation: string,
  options: TrackOptions<F>,
  args: Parameters<F>,
): TrackedRequest {
  const userId = attempt('userId of a request', () => options.userId?.(...args));
  const agentId = attempt('agentId of a request', () => options.agentId?.(...args));
  const parentId = attempt('parentId of a request', () => options.parentId?.(...args));
  const attributes = attempt('attributes of a request', () => options.attributes?.(...args));
  const request = tracker.start({
    operation,
    ...(userId !== undefined && { userId }),
    ...(agentId !== undefined && { agentId }),
    ...(parentId !== undefined && { parentId }),
    ...(typeof attributes === 'object' && { attributes }),
  });
  return request.process();
}

/** Ends a request that neither the application nor the tracker has ended before. */
function end(request: TrackedRequest, how: () => void): void {
  attempt('a request could not be ended', () => {
    if (!isFinished(request.state)) how();
  });
}
