import type { TraceContext } from './core/currentTraceContext.ts';
import type { Dispose } from './core/hostProcess.ts';
import type { ErrorTracker } from './errors/errorTracker.ts';
import type { SeenRequest } from './errors/occurrences/sighting.ts';
import { RequestFailedError } from './errors/requestFailedError.ts';
import type { RequestSnapshot } from './requests/requestSnapshot.ts';
import type { RequestTracker } from './requests/requestTracker.ts';
import type { TrackedRequest } from './requests/trackedRequest.ts';
import type { Tracing } from './tracing/tracing.ts';

/** Nobody waits any more: that is none of the application's errors. */
const NO_ERROR = 'cancelled';

/** Gives an error tracker what other parts of the runtime know of errors. @returns ends it */
export function watchErrors(
  errors: ErrorTracker,
  { tracing, requests }: { readonly tracing: Tracing | undefined; readonly requests: RequestTracker | undefined },
): Dispose {
  const ends = [
    tracing?.watchThrown((thrown, trace) => void errors.tell(thrown, { source: 'span', handled: false, trace })),
    requests?.listen({ finished: (request, error) => tellFailure(errors, request, error) }),
  ];
  return () => {
    for (const end of ends) end?.();
  };
}

/**
 * The request that is worked on, as an error shows it. Asked for each error that comes, also for those that are only counted:
 * six fields are read, and no snapshot is taken.
 */
export function currentErrorRequest(requests: Pick<RequestTracker, 'current'>): SeenRequest | undefined {
  const request = requests.current();
  return request && errorRequestOf(request);
}

function tellFailure(errors: ErrorTracker, request: RequestSnapshot, error: unknown): void {
  const { failure, operation } = request;
  if (failure === undefined || failure.reason === NO_ERROR) return;
  errors.tell(error ?? new RequestFailedError(operation, failure.type ?? failure.reason), {
    source: 'request',
    handled: false,
    isSummary: error === undefined,
    request: errorRequestOf(request),
    trace: traceOf(request),
  });
}

function errorRequestOf(request: TrackedRequest | RequestSnapshot): SeenRequest {
  const { id, operation, parentId, userId, agentId, failure } = request;
  const status = Number(failure?.type);
  return {
    id,
    operation,
    ...(parentId !== undefined && { parentId }),
    ...(userId !== undefined && { userId }),
    ...(agentId !== undefined && { agentId }),
    ...(status >= 100 && status <= 599 && { status }),
  };
}

function traceOf({ traceId, spanId, sampled }: RequestSnapshot): TraceContext | undefined {
  return traceId === undefined || spanId === undefined ? undefined : { traceId, spanId, sampled: sampled === true };
}
