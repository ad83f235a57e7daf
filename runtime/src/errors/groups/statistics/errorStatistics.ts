import type { ErrorCategory } from '../../errorCategory.ts';
import type { ErrorSpike } from '../../errorGroupSnapshot.ts';
import type { ErrorSeverity } from '../../errorSeverity.ts';
import type { ShedRow } from '../store/shedCounts.ts';
import type { ErrorWindow } from './errorWindows.ts';

/** What happened in a window. */
export interface ErrorFigures {
  /** Exact: all that came, those too that there was no time to look at. */
  readonly errors: number;
  readonly perMinute: number;
  /**
   * Of the errors, those that there was no time to look at (`maxTimeShare`). They are in no group, and nobody knows what they are
   * about: they count under the category `unknown`.
   */
  readonly shed: number;
  readonly newGroups: number;
  /** Resolved groups that came back. */
  readonly regressions: number;
  readonly spikes: number;
  /** Groups that were resolved, and that nobody opened again by hand since. */
  readonly resolutions: number;
  /**
   * From a group's first error, or its coming back, to its resolution, in milliseconds; `undefined` where none was resolved. The
   * time for which it was ignored is part of it: its errors went on.
   */
  readonly meanMillisToResolve?: number;
}

/**
 * What happened in a window, in all and by kinds of errors, as they were when it happened. Each number but rates and means is the
 * sum of that of all categories, and of that of all severities.
 */
export interface ErrorStatistics extends ErrorFigures {
  readonly window: ErrorWindow;
  /**
   * How much time it covers, in milliseconds: the window up to now, and what its far end's slice holds beyond, but not more
   * than since tracking began.
   */
  readonly windowMillis: number;
  readonly byCategory: Readonly<Record<ErrorCategory, ErrorFigures>>;
  readonly bySeverity: Readonly<Record<ErrorSeverity, ErrorFigures>>;
}

/** What happened to a group in a window. */
export interface GroupStatistics {
  readonly id: string;
  /** Exact. */
  readonly errors: number;
  readonly perMinute: number;
  /** Whether it was seen first in the window. */
  readonly isNew: boolean;
  /** Whether it came back after it was resolved, and is not resolved since. */
  readonly isRegressed: boolean;
  /** Where it is spiking, how much. */
  readonly spike?: ErrorSpike;
}

/** Errors of one slice of a window. */
export interface ErrorBar {
  /** When the slice begins, ISO 8601 in UTC. */
  readonly startedAt: string;
  /** How long it is; of the last one, the end is yet to come. */
  readonly sliceMillis: number;
  readonly errors: number;
}

/** What happened in one slice of a window. */
export interface ErrorCourseBar extends ErrorBar {
  readonly newGroups: number;
  /** Resolved groups that came back. */
  readonly regressions: number;
  /** Groups that began to spike. */
  readonly spikes: number;
}

/**
 * How many errors there were, and where they are. Always `errors = inGroups + ungrouped`, all reasons taken together, and
 * `errors = events + eventsLeftOut + ungrouped.refused + ungrouped.shed`, likewise.
 */
export interface ErrorCounts {
  readonly errors: number;
  /** Those of the groups that are kept. */
  readonly inGroups: number;
  /** Those of groups that are kept no more, and those that never had one. */
  readonly ungrouped: Readonly<{ age: number; count: number; memory: number; refused: number; shed: number }>;
  /** The same by class and code: 200 pairs, and the rest. */
  readonly ungroupedBy: readonly ShedRow[];
  /** The groups that are kept. */
  readonly groups: number;
  /** The whole events that are kept. */
  readonly events: number;
  readonly eventsLeftOut: Readonly<{ rate: number; trace: number; size: number; room: number }>;
  /** Breadcrumbs that are not shown any more with whole events that are kept or were, for memory; of each event by itself. */
  readonly breadcrumbsLeftOut: number;
  /** What all of it takes in memory, as far as it is estimated. */
  readonly bytes: number;
}
