import { shownText } from '../../../core/shownText.ts';
import type { ResolutionState } from '../../errorGroupSnapshot.ts';
import { resolutionsAfter } from './resolutionRules.ts';

/** A group was to go into a state that does not follow the one it is in. It stays where it is. */
export class IllegalResolutionError extends Error {
  override readonly name = 'IllegalResolutionError';
  readonly groupId: string;
  readonly from: ResolutionState;
  readonly to: ResolutionState;
  /** The states that may follow `from`. */
  readonly allowed: readonly ResolutionState[];

  constructor(groupId: string, from: ResolutionState, to: ResolutionState) {
    const allowed = resolutionsAfter(from);
    super(`error group ${shownText(groupId)} is ${from} and cannot become ${to}; allowed: ${allowed.join(', ')}`);
    this.groupId = groupId;
    this.from = from;
    this.to = to;
    this.allowed = allowed;
  }
}
