import { Listeners } from '../../core/listeners.ts';
import type { ErrorGroupSnapshot } from '../errorGroupSnapshot.ts';
import type { ErrorSeverity } from '../errorSeverity.ts';
import type { ErrorGroupListener } from './errorGroupListener.ts';
import { groupSnapshotOf } from './groupSnapshotOf.ts';
import { isWorse } from './severity/severityTable.ts';
import type { GroupRecord } from './store/groupRecord.ts';

/** Tells listeners of groups: all of them get one snapshot, that is made only where there is somebody to tell. */
export class GroupListeners extends Listeners<ErrorGroupListener> {
  /** Something happened to a group. */
  tellOf(record: GroupRecord, call: (listener: ErrorGroupListener, group: ErrorGroupSnapshot) => unknown): void {
    if (this.isEmpty) return;
    const group = groupSnapshotOf(record);
    this.tell((listener) => call(listener, group));
  }

  /** A group may have become worse. */
  tellIfWorse(record: GroupRecord, severityBefore: ErrorSeverity): void {
    if (isWorse(record.severity, severityBefore))
      this.tellOf(record, (listener, group) => listener.severityRaised?.(group, severityBefore));
  }
}
