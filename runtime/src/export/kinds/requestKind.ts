import type { RequestSnapshot } from '../../requests/requestSnapshot.ts';
import type { ExportedKind } from '../exportedKind.ts';
import { jsonText } from '../formats/jsonText.ts';
import type { RequestExportProgress } from '../requestExport.ts';

/** Requests that have ended. */
export const requestKind: ExportedKind<RequestSnapshot, RequestExportProgress> = {
  rowsName: 'requests',
  columns: [
    ['id', ({ id }) => id],
    ['operation', ({ operation }) => operation],
    ['state', ({ state }) => state],
    ['failure_reason', ({ failure }) => failure?.reason],
    ['failure_type', ({ failure }) => failure?.type],
    ['user_id', ({ userId }) => userId],
    ['agent_id', ({ agentId }) => agentId],
    ['parent_id', ({ parentId }) => parentId],
    ['trace_id', ({ traceId }) => traceId],
    ['span_id', ({ spanId }) => spanId],
    // As a text: of truth values csv-stringify makes 1 and nothing, and nothing is what an unknown one is.
    ['sampled', ({ sampled }) => sampled?.toString()],
    ['started_at', ({ startedAt }) => startedAt],
    ['pending_ms', ({ pendingMillis }) => pendingMillis],
    ['duration_ms', ({ durationMillis }) => durationMillis],
    ['attributes', ({ attributes }) => jsonText(attributes)],
  ],
  summaryOf: ({ cursor, missed }) => ({ cursor: cursor ?? null, missed }),
};
