import type { CapturedError } from '../../capturedError.ts';
import type { ErrorSeverity } from '../../errorSeverity.ts';
import type { GroupRecord } from '../store/groupRecord.ts';

/** How many groups are looked at in a step: less than a millisecond. */
const STEP_GROUPS = 500;

/** An error that was captured in a request, and its group. */
export interface ErrorOfRequest {
  readonly groupId: string;
  /** Of the group. */
  readonly severity: ErrorSeverity;
  readonly event: CapturedError;
}

/** See `ErrorStatisticsReader.ofRequest`. Groups that come and go between steps do no harm. */
export function* errorsOfRequest(
  groups: Iterable<GroupRecord>,
  requestId: string,
  sinceMillis: number,
): Generator<undefined, readonly ErrorOfRequest[]> {
  const found: ErrorOfRequest[] = [];
  let visited = 0;
  for (const { id: groupId, severity, lastSeenWallMillis, events } of groups) {
    if (lastSeenWallMillis >= sinceMillis) {
      for (const event of events.newestFirst())
        if (event.request.id === requestId) found.push({ groupId, severity, event });
    }
    visited += 1;
    if (visited % STEP_GROUPS === 0) yield undefined;
  }
  return found.sort((a, b) => a.event.atMillis - b.event.atMillis);
}
