import type { CapturedError } from './capturedError.ts';
import type { ErrorCategory } from './errorCategory.ts';
import type { ErrorSeverity } from './errorSeverity.ts';

/** Where a group is: `ignored` until a time or a count; `resolved` until it happens again. */
export type ResolutionState = (typeof RESOLUTION_STATES)[number];

/** Every state. */
export const RESOLUTION_STATES = ['open', 'acknowledged', 'resolved', 'ignored'] as const;

/** A change of a group's state. */
export interface ResolutionChange {
  readonly from: ResolutionState;
  readonly to: ResolutionState;
  /** ISO 8601 in UTC. */
  readonly at: string;
  /** Who; `undefined` where it happened by itself: a recurrence, the end of a time of ignoring. */
  readonly by?: string;
  readonly note?: string;
  /** Resolved in this version: older ones do not reopen it. */
  readonly release?: string;
  /** Ignored until then, ISO 8601 in UTC. */
  readonly until?: string;
  /** Ignored until it has happened this many more times. */
  readonly untilCount?: number;
}

/** A category or a severity that somebody gave a group, instead of what its errors say. */
export interface GroupOverride<T> {
  readonly to: T;
  /** ISO 8601 in UTC. */
  readonly at: string;
  /** Who, as far as it was said. */
  readonly by?: string;
  readonly note?: string;
}

/** How often a group was seen in a version of the application. */
export interface ReleaseCount {
  readonly release: string;
  /** Exact. */
  readonly count: number;
}

/** A minute, the last whole one that was looked at, in which a group's errors came significantly more often than before. */
export interface ErrorSpike {
  /** Errors in the minute. */
  readonly count: number;
  /** Errors that a minute had before, on average. */
  readonly expected: number;
  /** How likely so many are by chance. */
  readonly pValue: number;
}

/** A group of errors that have one cause, as it is at one moment. It does not change any more. */
export interface ErrorGroupSnapshot {
  /** 16 hexadecimal digits, the same in every process and release. */
  readonly id: string;
  /** Of the newest error; so are message, code, place and category, where nobody gave it another. */
  readonly type: string;
  readonly message: string;
  readonly code?: string;
  /** The place in the application's code that is shown with it: `src/orders.ts:12 total`. */
  readonly culprit?: string;
  readonly category: ErrorCategory;
  readonly severity: ErrorSeverity;
  /** Where somebody gave it its category. */
  readonly categoryOverride?: GroupOverride<ErrorCategory>;
  /** Where somebody gave it its severity. */
  readonly severityOverride?: GroupOverride<ErrorSeverity>;
  /** Exact, whatever was kept of them. */
  readonly count: number;
  /** The users that were hit: exact, but where there are more than are told apart (`hasMoreUsers`): then at least as many. */
  readonly users: number;
  /** Whether users came that are not told apart, as there are `maxUsersPerGroup` or they take too much memory. */
  readonly hasMoreUsers: boolean;
  /** ISO 8601 in UTC, as the clock was: where it was set back, the last may seem to be before the first. */
  readonly firstSeenAt: string;
  readonly lastSeenAt: string;
  /** In which versions it was seen first and last. */
  readonly firstRelease?: string;
  readonly lastRelease?: string;
  /** The first 20 versions in which it was seen, in the order in which they were seen first. */
  readonly releases: readonly ReleaseCount[];
  /** Errors of versions beyond these. */
  readonly inOtherReleases: number;
  readonly state: ResolutionState;
  /** Whether it came back after it was resolved. */
  readonly isRegressed: boolean;
  /** Where it is spiking, how much. */
  readonly spike?: ErrorSpike;
  /** The last 50 changes of its state, the oldest first. */
  readonly history: readonly ResolutionChange[];
  /** How many changes there were before. */
  readonly historyLeftOut: number;
  /**
   * Whole events that are kept, the newest first. The first of all is the last of these, unless memory was short; so may
   * breadcrumbs be left out (`ErrorCounts.breadcrumbsLeftOut`).
   */
  readonly events: readonly CapturedError[];
}
