import type { GivenAttributes } from './requestAttributes.ts';

/** What a request is started with. Texts are cut to 200 characters. */
export interface StartRequest {
  /** What is done: a name of which there are few, such as `POST /orders/:id`; never a URL. */
  readonly operation: string;
  /** Unique. @defaultValue one that the tracker makes */
  readonly id?: string;
  /** Who asked for it. */
  readonly userId?: string;
  /** The program, bot or device that asks on somebody's behalf. */
  readonly agentId?: string;
  /** The request that this one is a part of. @defaultValue the one in which it is started (`run`, `track`) */
  readonly parentId?: string;
  /** Whatever else is to be known of it; secrets are redacted by their keys. */
  readonly attributes?: GivenAttributes;
  /**
   * Asked once, right before the request ends, whoever ends it and however: what is known only then is told of it, too.
   * Where it throws, nothing is added, and the request ends all the same.
   */
  readonly onFinishing?: () => RequestUpdate | undefined;
}

/** What becomes known of a request later. */
export type RequestUpdate = Partial<Pick<StartRequest, 'operation' | 'userId' | 'agentId' | 'attributes'>>;

/** How a request is ended as failed. */
export interface FailOptions {
  /** @defaultValue `error`; `timeout` for an error that is called `TimeoutError`, `cancelled` for an `AbortError` */
  readonly reason?: 'error' | 'cancelled' | 'timeout';
  /** What was thrown. Of an error its class is kept, of anything else its type; never its message. */
  readonly error?: unknown;
  /** What kind of failure it is, in the place of the error's class: such as the status `503`. */
  readonly type?: string;
}
