import type { ResolutionState } from '../../errorGroupSnapshot.ts';

/**
 * What people may do with a group in each state. By themselves resolved groups are opened by a recurrence, and ignored ones
 * by the end of a time or a count.
 */
const ALLOWED: Readonly<Record<ResolutionState, readonly ResolutionState[]>> = {
  open: ['acknowledged', 'resolved', 'ignored'],
  acknowledged: ['open', 'resolved', 'ignored'],
  resolved: ['open'],
  ignored: ['open', 'resolved'],
};

/** The states that may follow. */
export function resolutionsAfter(state: ResolutionState): readonly ResolutionState[] {
  return ALLOWED[state];
}
