import { isoMillis } from '../../../core/isoTime.ts';
import type { RequestSnapshot } from '../../../requests/requestSnapshot.ts';
import type { UnfinishedRequest } from '../../../requests/stuckRequest.ts';
import type { RequestFacts } from './requestSchema.ts';

/**
 * What is told of a request, without its attributes.
 *
 * @param wallMillis - now, in milliseconds since 1970
 */
export function requestFactsOf(request: RequestSnapshot | UnfinishedRequest, wallMillis: number): RequestFacts {
  const { id, operation, state, failure, userId, agentId, parentId, traceId, spanId, sampled } = request;
  return {
    id,
    operation,
    state,
    ...(failure && { failure: { ...failure } }),
    ...(userId !== undefined && { userId }),
    ...(agentId !== undefined && { agentId }),
    ...(parentId !== undefined && { parentId }),
    ...(traceId !== undefined && { traceId }),
    ...(spanId !== undefined && { spanId }),
    ...(sampled !== undefined && { sampled }),
    startedMillis: isoMillis(request.startedAt),
    pendingMillis: request.pendingMillis,
    durationMillis: request.durationMillis,
    ...('isStuck' in request && unfinishedFacts(request, wallMillis)),
  };
}

function unfinishedFacts({ isStuck, lastUnfinishedSpan }: UnfinishedRequest, wallMillis: number) {
  if (lastUnfinishedSpan === undefined) return { isStuck };
  const { name, spanId, elapsedMillis } = lastUnfinishedSpan;
  return { isStuck, waitsIn: { name, spanId, sinceMillis: wallMillis - elapsedMillis } };
}
