import type { ServerResponse } from 'node:http';
import type { GivenAttributes } from '../requestAttributes.ts';

/**
 * What is to be known of the requests to a server. `R` is a request as the framework has it. Where one of these functions
 * throws, the request lacks what it would have told, and is answered all the same.
 */
export interface HttpRequestOptions<R> {
  /** Who asks. Asked for at arrival and, where that gives nothing, again at the end, when it has been authenticated. */
  readonly userId?: (request: R) => string | undefined;
  /** The program, bot or device that asks on somebody's behalf. Asked for as `userId` is. */
  readonly agentId?: (request: R) => string | undefined;
  /** Whatever else is to be known, asked for at the end; secrets are redacted by their keys. */
  readonly attributes?: (request: R, response: ServerResponse) => GivenAttributes | undefined;
  /**
   * The pattern that the path fits, such as `/orders/:id`; never the path itself. Asked for as `userId` is, and when the
   * framework has found a route.
   * @defaultValue what the framework says; of plain `http` nothing is known
   */
  readonly route?: (request: R) => string | undefined;
  /** Whether an answer of this status is a failure. @defaultValue from 500 on */
  readonly isFailure?: (status: number) => boolean;
  /** Requests that are not to be tracked, such as those for health. @defaultValue none */
  readonly ignore?: (request: R) => boolean;
}
