/** Where a request is in its life. `completed` and `failed` are the end of it. */
export type RequestState = 'pending' | 'processing' | 'completed' | 'failed';

/** Every state, in the order of a request's life. */
export const REQUEST_STATES = ['pending', 'processing', 'completed', 'failed'] as const satisfies RequestState[];

/** Why a request failed: something went wrong, nobody wants the answer any more, it took too long, or it never ended. */
export type FailureReason = 'error' | 'cancelled' | 'timeout' | 'abandoned';

/** Every reason. */
export const FAILURE_REASONS = ['error', 'cancelled', 'timeout', 'abandoned'] as const satisfies FailureReason[];

/** How a request failed. */
export interface RequestFailure {
  /** `abandoned` is said by the tracker itself, of requests that never ended. */
  readonly reason: FailureReason;
  /** What kind of error it was: the name of its class, or a status such as `503`. No message: it may hold secrets. */
  readonly type?: string;
}

const TRANSITIONS: Readonly<Record<RequestState, readonly RequestState[]>> = {
  pending: ['processing', 'failed'],
  processing: ['completed', 'failed'],
  completed: [],
  failed: [],
};

/** The states that may follow. */
export function statesAfter(state: RequestState): readonly RequestState[] {
  return TRANSITIONS[state];
}

/** Whether a request in this state is over. */
export function isFinished(state: RequestState): boolean {
  return TRANSITIONS[state].length === 0;
}
