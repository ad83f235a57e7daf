import type { RequestLifecycle } from './lifecycle/requestLifecycle.ts';
import type { RequestFailure, RequestState } from './lifecycle/requestState.ts';
import type { FailOptions, RequestUpdate } from './startRequest.ts';
import type { RequestRecord } from './store/requestRecord.ts';

/** Calls a function with a request as the current one. */
export type RunInRequest = <T>(request: TrackedRequest, fn: () => T) => T;

/**
 * A request that was started, for whoever works on it. Made by `RequestTracker.start`.
 *
 * Its life is `pending`, `processing`, and `completed` or `failed`. What does not follow is refused with an
 * `IllegalTransitionError`, and changes nothing. What the tracker gave up before (`abandoned`: it took longer than
 * `maxDurationMillis`, or there was no room for it) may still be worked on and ended by who did not know, which does nothing.
 */
export class TrackedRequest {
  readonly #record: RequestRecord;
  readonly #lifecycle: RequestLifecycle;
  readonly #runIn: RunInRequest;

  constructor(record: RequestRecord, lifecycle: RequestLifecycle, runIn: RunInRequest) {
    this.#record = record;
    this.#lifecycle = lifecycle;
    this.#runIn = runIn;
  }

  get id(): string {
    return this.#record.id;
  }

  get state(): RequestState {
    return this.#record.state;
  }

  /** The operation's name as it is counted: `(other)` where there were too many. */
  get operation(): string {
    return this.#record.operation;
  }

  /** The request that it is a part of. */
  get parentId(): string | undefined {
    return this.#record.parentId;
  }

  /** Who asked for it, as far as it is known. */
  get userId(): string | undefined {
    return this.#record.userId;
  }

  /** The program, bot or device that asked on somebody's behalf, as far as it is known. */
  get agentId(): string | undefined {
    return this.#record.agentId;
  }

  /** How it failed, where it did. */
  get failure(): RequestFailure | undefined {
    return this.#record.failure;
  }

  /**
   * Work on it begins. Does nothing where it was given up.
   * @throws IllegalTransitionError where it is not pending.
   */
  process(): this {
    this.#lifecycle.process(this.#record);
    return this;
  }

  /**
   * It is over, and all went well. Does nothing where it was given up.
   * @throws IllegalTransitionError where it is not being processed.
   */
  complete(): void {
    this.#lifecycle.complete(this.#record);
  }

  /**
   * It is over, and something went wrong. Does nothing where it was given up.
   * @throws IllegalTransitionError where it is over already.
   */
  fail(options: FailOptions = {}): void {
    this.#lifecycle.fail(this.#record, options);
  }

  /**
   * Nobody wants its answer any more: failed, for the reason `cancelled`. Does nothing where it was given up.
   * @throws IllegalTransitionError where it is over already.
   */
  cancel(): void {
    this.fail({ reason: 'cancelled' });
  }

  /**
   * Adds what has become known: user, agent, attributes, a better name. Does nothing where it is over already: the client of
   * a request may go away at any time, which is nothing that who works on it has to know of.
   */
  update(update: RequestUpdate): this {
    this.#lifecycle.update(this.#record, update);
    return this;
  }

  /** Calls `fn` with this as the current request, also of whatever it starts: requests in it become parts of this one. */
  run<T>(fn: () => T): T {
    return this.#runIn(this, fn);
  }
}
