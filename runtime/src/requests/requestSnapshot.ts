import type { RequestFailure, RequestState } from './lifecycle/requestState.ts';

/** What an attribute of a request may be. */
export type RequestAttribute = string | number | boolean;

/** A request as it is at one moment. It does not change any more. */
export interface RequestSnapshot {
  /** Unique in its tracker. */
  readonly id: string;
  /** The tracker's own number of the request, from 1, in the order in which requests started. */
  readonly sequence: number;
  /** What is done: a name of which there are few, such as `POST /orders/:id`. */
  readonly operation: string;
  readonly state: RequestState;
  /** Of a failed request only. */
  readonly failure?: RequestFailure;
  readonly userId?: string;
  readonly agentId?: string;
  /** The request that this one is a part of. */
  readonly parentId?: string;
  /** The trace that was active when the request started: 32 hexadecimal digits. */
  readonly traceId?: string;
  /** The span that was active then: 16 hexadecimal digits. */
  readonly spanId?: string;
  /** Whether that trace is recorded, and can be looked at in Jaeger. */
  readonly sampled?: boolean;
  readonly attributes: Readonly<Record<string, RequestAttribute>>;
  /** When it started, ISO 8601 in UTC, by a clock that may be set. */
  readonly startedAt: string;
  /** How long it waited for `process()`, in milliseconds; so far, while it waits. */
  readonly pendingMillis: number;
  /** From its start to its end, in milliseconds; so far, while it is not over. Of a clock that never goes back. */
  readonly durationMillis: number;
}
