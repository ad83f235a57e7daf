import type { RequestFacts, RequestState } from '../../../../src/dashboard/api/requests/requestSchema.ts';

/** A stretch of a request's life that it spent in one state. */
export interface LifeSpan {
  readonly state: Extract<RequestState, 'pending' | 'processing'>;
  readonly fromMillis: number;
  readonly lastedMillis: number;
  /** Whether it is in it now. */
  readonly isNow: boolean;
}

/** The end of a life. */
export interface LifeEnd {
  readonly state: Extract<RequestState, 'completed' | 'failed'>;
  readonly atMillis: number;
}

/** What a request went through, in the order of time. Its end is not there while it goes on. */
export interface RequestLife {
  readonly spans: readonly LifeSpan[];
  readonly end: LifeEnd | undefined;
}

/**
 * The states that a request was in, made of what is told of it.
 *
 * @param elapsedMillis - how long ago that was: an unfinished one has gone on for so long
 */
export function lifeOf(
  request: Pick<RequestFacts, 'state' | 'startedMillis' | 'pendingMillis' | 'durationMillis'>,
  elapsedMillis = 0,
): RequestLife {
  const { state, startedMillis, pendingMillis, durationMillis } = request;
  const isOver = state === 'completed' || state === 'failed';
  const lastsMillis = isOver ? durationMillis : durationMillis + elapsedMillis;
  if (state === 'pending') {
    return { spans: [{ state, fromMillis: startedMillis, lastedMillis: lastsMillis, isNow: true }], end: undefined };
  }
  const pending: LifeSpan = { state: 'pending', fromMillis: startedMillis, lastedMillis: pendingMillis, isNow: false };
  const processing: LifeSpan = {
    state: 'processing',
    fromMillis: startedMillis + pendingMillis,
    lastedMillis: Math.max(0, lastsMillis - pendingMillis),
    isNow: !isOver,
  };
  // One that failed while it waited was never worked on.
  const spans = state === 'failed' && processing.lastedMillis === 0 ? [pending] : [pending, processing];
  return { spans, end: isOver ? { state, atMillis: startedMillis + durationMillis } : undefined };
}
