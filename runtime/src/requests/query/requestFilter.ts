import { FAILURE_REASONS, type FailureReason, REQUEST_STATES, type RequestState } from '../lifecycle/requestState.ts';
import { soughtName } from '../requestName.ts';
import type { RequestRecord } from '../store/requestRecord.ts';
import { checkKeys } from '../../core/query/checkKeys.ts';
import { checkOneOf } from '../../core/query/checkOneOf.ts';

/** Which requests are asked for: those that are like all that is given. */
export interface RequestFilter {
  readonly operation?: string;
  readonly userId?: string;
  readonly agentId?: string;
  readonly parentId?: string;
  readonly traceId?: string;
  readonly spanId?: string;
  readonly state?: RequestState;
  /** Only those that failed, for this reason. */
  readonly failureReason?: FailureReason;
  /** Only those that failed with this kind of error: the name of its class, or a status such as `503`. */
  readonly failureType?: string;
  /** Only those that nobody waited for any more (failed for the reason `cancelled`), or only those that were not. */
  readonly cancelled?: boolean;
  /** Only those whose trace is recorded, or only those whose trace is not; those without any are neither. */
  readonly sampled?: boolean;
  /** Milliseconds since 1970: those that started at this time or later. */
  readonly startedFromMillis?: number;
  /** Milliseconds since 1970: those that started before it. */
  readonly startedBeforeMillis?: number;
  /** Those that took, or have taken so far, at least this long. */
  readonly minDurationMillis?: number;
  /** Those that took, or have taken so far, at most this long. */
  readonly maxDurationMillis?: number;
}

const KEYS: Readonly<Record<keyof RequestFilter, true>> = {
  operation: true,
  userId: true,
  agentId: true,
  parentId: true,
  traceId: true,
  spanId: true,
  state: true,
  failureReason: true,
  failureType: true,
  cancelled: true,
  sampled: true,
  startedFromMillis: true,
  startedBeforeMillis: true,
  minDurationMillis: true,
  maxDurationMillis: true,
};

/**
 * The filter as records are compared with it: names that were cut when requests started are cut in it, too.
 *
 * @throws RangeError for keys that are none, which would let everything through, and for a state or a failure reason that is
 * none.
 */
export function soughtFilter(filter: RequestFilter): RequestFilter {
  checkKeys('a filter', filter, Object.keys(KEYS));
  checkOneOf('state', filter.state, REQUEST_STATES);
  checkOneOf('failureReason', filter.failureReason, FAILURE_REASONS);
  const { operation, userId, agentId, parentId } = filter;
  return {
    ...filter,
    ...(operation !== undefined && { operation: soughtName(operation) }),
    ...(userId !== undefined && { userId: soughtName(userId) }),
    ...(agentId !== undefined && { agentId: soughtName(agentId) }),
    ...(parentId !== undefined && { parentId: soughtName(parentId) }),
  };
}

/** Whether a record is like all that is asked for. */
export function fits(record: RequestRecord, filter: RequestFilter, nowMillis: number): boolean {
  const { operation, userId, agentId, parentId, traceId, spanId, state, failureReason, failureType } = filter;
  const { cancelled, sampled } = filter;
  return (
    (operation === undefined || record.operation === operation) &&
    (userId === undefined || record.userId === userId) &&
    (agentId === undefined || record.agentId === agentId) &&
    (parentId === undefined || record.parentId === parentId) &&
    (traceId === undefined || record.trace?.traceId === traceId) &&
    (spanId === undefined || record.trace?.spanId === spanId) &&
    (failureReason === undefined || record.failure?.reason === failureReason) &&
    (failureType === undefined || record.failure?.type === failureType) &&
    (cancelled === undefined || (record.failure?.reason === 'cancelled') === cancelled) &&
    (sampled === undefined || record.trace?.sampled === sampled) &&
    (state === undefined || record.state === state) &&
    (filter.startedFromMillis === undefined || record.startedWallMillis >= filter.startedFromMillis) &&
    (filter.startedBeforeMillis === undefined || record.startedWallMillis < filter.startedBeforeMillis) &&
    (filter.minDurationMillis === undefined || durationOf(record, nowMillis) >= filter.minDurationMillis) &&
    (filter.maxDurationMillis === undefined || durationOf(record, nowMillis) <= filter.maxDurationMillis)
  );
}

/** How long a request took, or has taken so far. */
export function durationOf({ startedMillis, finishedMillis }: RequestRecord, nowMillis: number): number {
  return (finishedMillis ?? nowMillis) - startedMillis;
}
