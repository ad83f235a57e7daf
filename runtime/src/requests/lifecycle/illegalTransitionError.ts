import { shownText } from '../../core/shownText.ts';
import { type FailureReason, isFinished, type RequestState, statesAfter } from './requestState.ts';

/** What an `IllegalTransitionError` is made of. */
export interface IllegalTransitionErrorOptions {
  readonly requestId: string;
  readonly from: RequestState;
  readonly to: RequestState;
  /** Where it has failed, why. */
  readonly failureReason?: FailureReason | undefined;
}

/** A request was to go into a state that does not follow the one it is in. It stays where it is. */
export class IllegalTransitionError extends Error {
  override readonly name = 'IllegalTransitionError';
  readonly requestId: string;
  readonly from: RequestState;
  readonly to: RequestState;
  /** The states that may follow `from`; none where the request is over. */
  readonly allowed: readonly RequestState[];

  constructor({ requestId, from, to, failureReason }: IllegalTransitionErrorOptions) {
    const is = describe(from, failureReason);
    super(`request ${shownText(requestId)} is ${is} and cannot become ${to}; ${remedy(from, to)}`);
    this.requestId = requestId;
    this.from = from;
    this.to = to;
    this.allowed = statesAfter(from);
  }
}

function describe(state: RequestState, reason: FailureReason | undefined): string {
  return reason === undefined ? state : `${state} (${reason})`;
}

function remedy(from: RequestState, to: RequestState): string {
  if (isFinished(from)) return 'it is over: start another request';
  if (from === 'pending' && to === 'completed') return 'allowed: processing, failed; call process() first';
  return `allowed: ${statesAfter(from).join(', ')}`;
}
