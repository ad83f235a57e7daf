import type { CapturedError } from '../../errors/capturedError.ts';
import type { ErrorGroupSnapshot, ResolutionChange } from '../../errors/errorGroupSnapshot.ts';
import type { ExportedKind } from '../exportedKind.ts';
import type { ExportProgress } from '../exportProgress.ts';
import { jsonText } from '../formats/jsonText.ts';

/** Groups of errors. Their events are no part of a table: what leads to the newest one is. */
export const errorGroupKind: ExportedKind<ErrorGroupSnapshot, ExportProgress> = {
  rowsName: 'groups',
  columns: [
    ['id', ({ id }) => id],
    ['type', ({ type }) => type],
    ['message', ({ message }) => message],
    ['code', ({ code }) => code],
    ['culprit', ({ culprit }) => culprit],
    ['category', ({ category }) => category],
    ['severity', ({ severity }) => severity],
    // Truth values as texts: csv-stringify makes 1 and nothing of them.
    ['category_overridden', ({ categoryOverride }) => (categoryOverride !== undefined).toString()],
    ['severity_overridden', ({ severityOverride }) => (severityOverride !== undefined).toString()],
    ['state', ({ state }) => state],
    ['regressed', ({ isRegressed }) => isRegressed.toString()],
    ['count', ({ count }) => count],
    ['users', ({ users }) => users],
    ['more_users', ({ hasMoreUsers }) => hasMoreUsers.toString()],
    ['first_seen_at', ({ firstSeenAt }) => firstSeenAt],
    ['last_seen_at', ({ lastSeenAt }) => lastSeenAt],
    ['first_release', ({ firstRelease }) => firstRelease],
    ['last_release', ({ lastRelease }) => lastRelease],
    ['releases', ({ releases }) => jsonText(releases)],
    ['spike_count', ({ spike }) => spike?.count],
    ['spike_expected', ({ spike }) => spike?.expected],
    ['spike_p_value', ({ spike }) => spike?.pValue],
    ['changed_at', (group) => lastChange(group)?.at],
    ['changed_by', (group) => lastChange(group)?.by],
    ['change_note', (group) => lastChange(group)?.note],
    ['events_kept', ({ events }) => events.length],
    ['newest_trace_id', (group) => newestTraced(group)?.traceId],
    ['newest_trace_sampled', (group) => newestTraced(group)?.sampled?.toString()],
  ],
  summaryOf: ({ cursor }) => ({ cursor: cursor ?? null }),
};

function lastChange({ history }: ErrorGroupSnapshot): ResolutionChange | undefined {
  return history.at(-1);
}

/** Of the events that are kept. */
function newestTraced({ events }: ErrorGroupSnapshot): CapturedError | undefined {
  return events.find(({ traceId }) => traceId !== undefined);
}
