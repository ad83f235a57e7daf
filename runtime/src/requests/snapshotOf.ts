import { isoTime } from '../core/isoTime.ts';
import { durationOf } from './query/requestFilter.ts';
import type { RequestSnapshot } from './requestSnapshot.ts';
import type { RequestRecord } from './store/requestRecord.ts';

const NO_ATTRIBUTES = Object.freeze({});

/** A request as it is now. */
export function snapshotOf(record: RequestRecord, nowMillis: number): RequestSnapshot {
  const { userId, agentId, parentId, trace, failure, startedMillis, processingMillis } = record;
  return {
    id: record.id,
    sequence: record.sequence,
    operation: record.operation,
    state: record.state,
    ...(failure && { failure }),
    ...(userId !== undefined && { userId }),
    ...(agentId !== undefined && { agentId }),
    ...(parentId !== undefined && { parentId }),
    ...trace,
    attributes: record.attributes ?? NO_ATTRIBUTES,
    startedAt: isoTime(record.startedWallMillis),
    pendingMillis: (processingMillis ?? record.finishedMillis ?? nowMillis) - startedMillis,
    durationMillis: durationOf(record, nowMillis),
  };
}
