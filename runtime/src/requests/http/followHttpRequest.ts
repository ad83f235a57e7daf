import type { IncomingMessage, ServerResponse } from 'node:http';
import { isRecord } from '../../core/isRecord.ts';
import { attempt } from '../attempt.ts';
import { isFinished } from '../lifecycle/requestState.ts';
import type { RequestTracker } from '../requestTracker.ts';
import type { FailOptions, RequestUpdate } from '../startRequest.ts';
import type { TrackedRequest } from '../trackedRequest.ts';
import { httpMethod } from './httpMethod.ts';
import type { HttpRequestOptions } from './httpRequestOptions.ts';
import { runListenersIn } from './runListenersIn.ts';

/** A request that has arrived at a server. */
export interface HttpArrival<R> {
  /** The request as the framework has it. */
  readonly asked: R;
  readonly incoming: IncomingMessage;
  readonly response: ServerResponse;
  /** The pattern that the framework found for the path, asked for at the end. */
  readonly route: () => string | undefined;
}

/** A request to a server while it is followed. */
export interface FollowedHttpRequest {
  readonly request: TrackedRequest;
  /** Ends it as failed, where it has not ended. Never throws. */
  readonly fail: (error: unknown) => void;
}

/**
 * Follows a request from its arrival to the end of its response: completed, failed by its status, or cancelled where the
 * connection closed before. At the end it is named by its route, unless the application has named it itself.
 *
 * @returns `undefined` where it is to be ignored, or the tracker failed. Never throws.
 */
export function followHttpRequest<R>(
  tracker: RequestTracker,
  options: HttpRequestOptions<R>,
  arrival: HttpArrival<R>,
): FollowedHttpRequest | undefined {
  const { asked, incoming, response } = arrival;
  return attempt('a request could not be followed', () => {
    if (attempt('ignore of a request', () => options.ignore?.(asked)) === true) return undefined;
    const request = startHttpRequest(tracker, options, arrival);
    const nameAtArrival = request.operation;
    const isRouteKnown = nameAtArrival.includes(' ');
    const end = (status: number | undefined, failure: FailOptions | undefined): void => {
      attempt('a request could not be ended', () => {
        if (isFinished(request.state)) return;
        const isNamed = isRouteKnown || request.operation !== nameAtArrival;
        attempt('a request could not be described', () => {
          request.update(knownAtEnd(tracker, request, options, arrival, { isNamed, status }));
        });
        attempt('attributes of a request', () => describe(request, options.attributes?.(asked, response)));
        if (failure === undefined) request.complete();
        else request.fail(failure);
      });
    };
    const cancel = (): void => end(undefined, { reason: 'cancelled' });
    response.once('finish', () => end(response.statusCode, failureBy(response.statusCode, options)));
    response.once('close', cancel);
    // A response that waits for another one on the same connection is not told of its end.
    incoming.once('close', () => {
      if (incoming.socket.destroyed && !response.writableFinished) cancel();
    });
    runListenersIn(request, incoming);
    runListenersIn(request, response);
    if (response.closed) cancel();
    return { request, fail: (error) => end(undefined, { error }) };
  });
}

function startHttpRequest<R>(
  tracker: RequestTracker,
  options: HttpRequestOptions<R>,
  { asked, incoming }: HttpArrival<R>,
): TrackedRequest {
  const method = httpMethod(incoming.method);
  const route = givenRoute(options, asked);
  const operation = route === undefined ? method : `${method} ${route}`;
  return tracker.start({ operation, ...whoAsks(options, asked) }).process();
}

function describe(request: TrackedRequest, attributes: unknown): void {
  if (isRecord(attributes)) request.update({ attributes });
}

function knownAtEnd<R>(
  tracker: RequestTracker,
  request: TrackedRequest,
  options: HttpRequestOptions<R>,
  { asked, incoming, route }: HttpArrival<R>,
  { isNamed, status }: { readonly isNamed: boolean; readonly status: number | undefined },
): RequestUpdate {
  const known = tracker.get(request.id);
  const { userId, agentId } = whoAsks(options, asked, known);
  return {
    ...(!isNamed && { operation: `${httpMethod(incoming.method)} ${templateOf(options, asked, route)}` }),
    ...(userId !== undefined && { userId }),
    ...(agentId !== undefined && { agentId }),
    ...(status !== undefined && { attributes: { 'http.response.status_code': status } }),
  };
}

function templateOf<R>(options: HttpRequestOptions<R>, asked: R, route: () => string | undefined): string {
  return givenRoute(options, asked) ?? textOf(attempt('a route', route)) ?? '(no route)';
}

function givenRoute<R>(options: HttpRequestOptions<R>, asked: R): string | undefined {
  return textOf(attempt('route of a request', () => options.route?.(asked)));
}

function textOf(given: unknown): string | undefined {
  return typeof given === 'string' && given !== '' ? given : undefined;
}

/** User and agent, where they are not known yet. */
function whoAsks<R>(
  options: HttpRequestOptions<R>,
  asked: R,
  known: Pick<RequestUpdate, 'userId' | 'agentId'> = {},
): Pick<RequestUpdate, 'userId' | 'agentId'> {
  const userId = known.userId === undefined ? attempt('userId of a request', () => options.userId?.(asked)) : undefined;
  const agentId =
    known.agentId === undefined ? attempt('agentId of a request', () => options.agentId?.(asked)) : undefined;
  return { ...(userId !== undefined && { userId }), ...(agentId !== undefined && { agentId }) };
}

function failureBy<R>(status: number, options: HttpRequestOptions<R>): FailOptions | undefined {
  const isFailure = attempt('isFailure of a status', () => options.isFailure?.(status)) ?? status >= 500;
  return isFailure ? { type: String(status) } : undefined;
}
