import type { CapturedError } from '../../capturedError.ts';
import type { ErrorCategory } from '../../errorCategory.ts';
import type { GroupOverride, ResolutionChange, ResolutionState } from '../../errorGroupSnapshot.ts';
import type { ErrorSeverity } from '../../errorSeverity.ts';

/** How many whole events of a group are saved beside its first: the newest. */
export const MOST_SAVED_EVENTS = 3;

/** What there is of groups, to be kept where it outlives the process. Plain values: what JSON makes of it is the same. */
export interface SavedErrorGroups {
  readonly version: 1;
  /** When it was saved; milliseconds since 1970, as all times in it. */
  readonly savedMillis: number;
  /** The order in which versions of the application were seen. */
  readonly releases: readonly string[];
  /** In the order in which they were seen first. */
  readonly groups: readonly SavedErrorGroup[];
}

/** Where a group is, and how it came there. */
export interface SavedResolution {
  readonly state: ResolutionState;
  readonly isRegressed: boolean;
  /** Whether somebody has ever changed it. */
  readonly isTouched: boolean;
  readonly openedMillis: number;
  readonly changedMillis: number;
  /** Ignored until then, or until the group's count is this high. */
  readonly untilMillis?: number;
  readonly untilTotal?: number;
  /** The oldest first. */
  readonly history: readonly ResolutionChange[];
  readonly historyLeftOut: number;
}

/** A group, but for what happened when: statistics, rates and spikes begin with the process. */
export interface SavedErrorGroup {
  readonly id: string;
  readonly type: string;
  readonly message: string;
  readonly code?: string;
  readonly culprit?: string;
  /** As its errors say; what somebody gave it are the overrides. */
  readonly category: ErrorCategory;
  readonly severity: ErrorSeverity;
  readonly handledSeverity: ErrorSeverity;
  readonly categoryOverride?: GroupOverride<ErrorCategory>;
  readonly severityOverride?: GroupOverride<ErrorSeverity>;
  readonly unhandled: number;
  readonly endsProcess: boolean;
  readonly count: number;
  readonly firstSeenMillis: number;
  readonly lastSeenMillis: number;
  readonly releases: readonly (readonly [release: string, count: number])[];
  readonly lastRelease?: string;
  readonly inOtherReleases: number;
  /** Their IDs: a user who comes again is not counted twice. */
  readonly users: readonly string[];
  /** Those since the group came back, where it did. */
  readonly usersSince?: readonly string[];
  readonly hasMoreUsers: boolean;
  readonly resolution: SavedResolution;
  readonly firstEvent?: CapturedError;
  /** The oldest first. */
  readonly events: readonly CapturedError[];
}

/** What became of groups that were saved. */
export interface RestoreResult {
  /** Groups that are there again, those among them that were put together with what had come meanwhile. */
  readonly restored: number;
  /** Groups that are not, by why: there is no room, or it is no second time that groups are brought back. */
  readonly skipped: Readonly<{ room: number; again: number }>;
}
