import type { ErrorGroupSnapshot, ErrorSpike } from '../errorGroupSnapshot.ts';
import type { ErrorSeverity } from '../errorSeverity.ts';

/**
 * Is told what happens to groups of errors, while it happens. What it throws is told to `onError` and disturbs nobody. What
 * it is told is frozen: the other listeners get the same.
 */
export interface ErrorGroupListener {
  /** An error came that belongs to no group that is kept: a new one begins. */
  readonly appeared?: (group: ErrorGroupSnapshot) => void;
  /** A resolved group is open again, as it came back. */
  readonly regressed?: (group: ErrorGroupSnapshot) => void;
  /** A group's errors come significantly more often than before. Told once until they do not any more. */
  readonly spiked?: (group: ErrorGroupSnapshot, spike: ErrorSpike) => void;
  /** Somebody gave a group a category or a severity, or let it have that of its errors again. */
  readonly overridden?: (group: ErrorGroupSnapshot, what: 'category' | 'severity') => void;
  /** A group is worse than before. Not told of one that begins, or comes back. */
  readonly severityRaised?: (group: ErrorGroupSnapshot, from: ErrorSeverity) => void;
}
