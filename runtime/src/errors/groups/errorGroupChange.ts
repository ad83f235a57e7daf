import type { ErrorCategory } from '../errorCategory.ts';
import type { ErrorSeverity } from '../errorSeverity.ts';

/** What an error did to its group. */
export interface ErrorGroupChange {
  /**
   * `new`: a group begins. `seen`: nothing, it was counted. `regressed`: a resolved group came back. `reopened`: an ignored
   * one is not ignored any more. `ungrouped`: there was no room for a group; it is counted by class and code.
   */
  readonly change: 'new' | 'seen' | 'regressed' | 'reopened' | 'ungrouped';
  /** Of the group, or where there is none, of the error; so is the severity. */
  readonly category: ErrorCategory;
  readonly severity: ErrorSeverity;
  /** Which of all errors it is, from 1. */
  readonly number: number;
  /** Whether the event is kept whole. */
  readonly isEventKept: boolean;
}
