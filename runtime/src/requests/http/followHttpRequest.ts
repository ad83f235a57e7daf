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
import { unroutedOperation } from './unroutedOperation.ts';
import { wasReset } from './wasReset.ts';

/** A request that has arrived at a server. */
export interface HttpArrival<R> {
  /** The request as the framework has it. */
  readonly asked: R;
  readonly incoming: IncomingMessage;
  readonly response: ServerResponse;
  /** The pattern that the framework has found for the path already. */
  readonly route?: string | undefined;
}

/**
 * Follows a request from its arrival to the end of its response: completed, failed by its status, or cancelled where the
 * connection closes before. It is named by its route as soon as that is known, unless the application names it itself.
 *
 * @returns `undefined` where it is to be ignored, or the tracker failed. Never throws.
 */
export function followHttpRequest<R>(
  tracker: RequestTracker,
  options: HttpRequestOptions<R>,
  arrival: HttpArrival<R>,
): FollowedHttpRequest<R> | undefined {
  const { asked, incoming, response } = arrival;
  return attempt('a request could not be followed', () => {
    if (attempt('ignore of a request', () => options.ignore?.(asked)) === true) return undefined;
    const followed = new FollowedHttpRequest(tracker, options, arrival);
    const { request } = followed;
    response.once('finish', () => {
      if (wasReset(response)) followed.cancel();
      else followed.finish();
    });
    response.once('close', () => followed.cancel());
    // A response that waits for another one on the same connection is not told of its end.
    incoming.once('close', () => {
      if (incoming.socket.destroyed && !response.writableFinished) followed.cancel();
    });
    runListenersIn(request, incoming);
    runListenersIn(request, response);
    if (response.closed) followed.cancel();
    return followed;
  });
}

/** A request to a server while it is followed. Once it has ended nothing changes it. */
class FollowedHttpRequest<R> {
  readonly request: TrackedRequest;
  readonly #tracker: RequestTracker;
  readonly #options: HttpRequestOptions<R>;
  readonly #arrival: HttpArrival<R>;
  readonly #whoAskedAtArrival: WhoAsks;
  readonly #isRouteGiven: boolean;
  #route: string | undefined;
  /** The operation as it is without the application's doing. */
  #ownOperation: string;

  constructor(tracker: RequestTracker, options: HttpRequestOptions<R>, arrival: HttpArrival<R>) {
    const given = givenRoute(options, arrival.asked);
    this.#tracker = tracker;
    this.#options = options;
    this.#arrival = arrival;
    this.#isRouteGiven = given !== undefined;
    this.#route = given ?? textOf(arrival.route);
    this.#whoAskedAtArrival = whoAsks(options, arrival.asked);
    const onFinishing = (): RequestUpdate | undefined =>
      attempt('a request could not be described', () => this.#describe());
    this.request = tracker.start({ operation: this.#operation(), ...this.#whoAskedAtArrival, onFinishing }).process();
    this.#ownOperation = this.request.operation;
  }

  /** Names it by its route, which the framework may have found just now, unless the application has named it itself. */
  routed(found?: string): void {
    if (this.#isRouteGiven || this.request.operation !== this.#ownOperation) return;
    const route = givenRoute(this.#options, this.#arrival.asked) ?? textOf(found);
    if (route === undefined || route === this.#route) return;
    this.#route = route;
    this.request.update({ operation: this.#operation() });
    this.#ownOperation = this.request.operation;
  }

  /** Its response is sent. */
  finish(): void {
    const { statusCode } = this.#arrival.response;
    this.#end(failureBy(statusCode, this.#options));
  }

  /** Nobody waits for its response any more. Never throws, nor does any other end. */
  cancel(): void {
    this.#end({ reason: 'cancelled' });
  }

  fail(error: unknown): void {
    this.#end({ error });
  }

  #end(failure: FailOptions | undefined): void {
    attempt('a request could not be ended', () => {
      if (isFinished(this.request.state)) return;
      if (failure === undefined) this.request.complete();
      else this.request.fail(failure);
    });
  }

  #operation(): string {
    const { method } = this.#arrival.incoming;
    return this.#route === undefined ? unroutedOperation(method) : `${httpMethod(method)} ${this.#route}`;
  }

  /** All that is known right before its end, whoever ends it. */
  #describe(): RequestUpdate | undefined {
    const { asked, response } = this.#arrival;
    this.routed();
    const status = statusOf(response);
    this.request.update({
      ...this.#whoAsksByNow(),
      ...(status !== undefined && { attributes: { 'http.response.status_code': status } }),
    });
    const attributes: unknown = attempt('attributes of a request', () => this.#options.attributes?.(asked, response));
    return isRecord(attributes) ? { attributes } : undefined;
  }

  #whoAsksByNow(): WhoAsks {
    const { userId, agentId } = this.#options;
    const atArrival = this.#whoAskedAtArrival;
    const isUserMissing = userId !== undefined && atArrival.userId === undefined;
    const isAgentMissing = agentId !== undefined && atArrival.agentId === undefined;
    if (!isUserMissing && !isAgentMissing) return {};
    return whoAsks(this.#options, this.#arrival.asked, this.#tracker.get(this.request.id));
  }
}

type WhoAsks = Pick<RequestUpdate, 'userId' | 'agentId'>;

/** User and agent, where they are not known yet. */
function whoAsks<R>(options: HttpRequestOptions<R>, asked: R, known: WhoAsks = {}): WhoAsks {
  const userId = known.userId === undefined ? attempt('userId of a request', () => options.userId?.(asked)) : undefined;
  const agentId =
    known.agentId === undefined ? attempt('agentId of a request', () => options.agentId?.(asked)) : undefined;
  return { ...(userId !== undefined && { userId }), ...(agentId !== undefined && { agentId }) };
}

function givenRoute<R>(options: HttpRequestOptions<R>, asked: R): string | undefined {
  return options.route && textOf(attempt('route of a request', () => options.route?.(asked)));
}

function textOf(given: unknown): string | undefined {
  return typeof given === 'string' && given !== '' ? given : undefined;
}

/** The status that was sent or is to be sent, as far as it is known: 200 is what it is until somebody says so. */
function statusOf({ statusCode, headersSent }: ServerResponse): number | undefined {
  return headersSent || statusCode !== 200 ? statusCode : undefined;
}

function failureBy<R>(status: number, options: HttpRequestOptions<R>): FailOptions | undefined {
  const isFailure = attempt('isFailure of a status', () => options.isFailure?.(status)) ?? status >= 500;
  return isFailure ? { type: String(status) } : undefined;
}
