import type { RequestFilter } from '../../../requests/query/requestFilter.ts';
import type { RequestsQuery } from './requestsSchema.ts';

/** What the tracker is asked for; of an ID and an instance it does not know. */
export function requestFilterOf(query: Omit<RequestsQuery, 'show' | 'order' | 'limit'>): RequestFilter {
  const { operation, userId, agentId, parentId, traceId, state, failureReason, failureType } = query;
  const { cancelled, sampled } = query;
  const { minDurationMillis, maxDurationMillis, startedFromMillis, startedBeforeMillis } = query;
  return {
    ...(operation !== undefined && { operation }),
    ...(userId !== undefined && { userId }),
    ...(agentId !== undefined && { agentId }),
    ...(parentId !== undefined && { parentId }),
    ...(traceId !== undefined && { traceId }),
    ...(state !== undefined && { state }),
    ...(failureReason !== undefined && { failureReason }),
    ...(failureType !== undefined && { failureType }),
    ...(cancelled !== undefined && { cancelled: cancelled === 'true' }),
    ...(sampled !== undefined && { sampled: sampled === 'true' }),
    ...(minDurationMillis !== undefined && { minDurationMillis }),
    ...(maxDurationMillis !== undefined && { maxDurationMillis }),
    ...(startedFromMillis !== undefined && { startedFromMillis }),
    ...(startedBeforeMillis !== undefined && { startedBeforeMillis }),
  };
}
