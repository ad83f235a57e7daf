import { isoMillis } from '../../../core/isoTime.ts';
import type { ErrorGroupSnapshot } from '../../../errors/errorGroupSnapshot.ts';
import type { ErrorTracker } from '../../../errors/errorTracker.ts';
import type { ErrorGroups } from '../../../errors/groups/errorGroups.ts';
import { IllegalResolutionError } from '../../../errors/groups/resolution/illegalResolutionError.ts';
import type { ChangeOptions } from '../../../errors/groups/resolution/resolveOptions.ts';
import { UnknownErrorGroupError } from '../../../errors/groups/unknownErrorGroupError.ts';
import { shownName } from '../../foreignText.ts';
import { type Actor, RefusedActionError } from '../action.ts';
import type { GroupState } from './actionSchema.ts';

const MOST_NAME_LENGTH = 200;
const MOST_SHOWN_NOTE_LENGTH = 200;

/**
 * Changes a group.
 *
 * @returns `undefined` where it is not kept here
 * @throws RefusedActionError where its state does not allow it: somebody else may have been quicker, and is named
 */
export function changeGroup(
  errors: ErrorTracker | undefined,
  id: string,
  change: (groups: ErrorGroups) => ErrorGroupSnapshot,
): GroupState | undefined {
  if (errors === undefined) return undefined;
  try {
    return stateOf(change(errors.groups));
  } catch (error) {
    if (error instanceof UnknownErrorGroupError) return undefined;
    if (error instanceof IllegalResolutionError)
      throw new RefusedActionError(refusalOf(error, errors.groups.snapshot(id)), { cause: error });
    throw error;
  }
}

/** Who does it, and the note where there is one. */
export function saidBy({ name }: Actor, note: string | undefined): ChangeOptions {
  return { by: name, ...(note !== undefined && note !== '' && { note }) };
}

function stateOf({ id, state, category, severity, history }: ErrorGroupSnapshot): GroupState {
  const { at, by } = history.at(-1) ?? {};
  return {
    id,
    state,
    category,
    severity,
    ...(at !== undefined && { atMillis: isoMillis(at) }),
    ...(by !== undefined && { by: shownName(by, MOST_NAME_LENGTH) }),
  };
}

function refusalOf({ from, to, allowed }: IllegalResolutionError, group: ErrorGroupSnapshot | undefined): string {
  const { by, at, note } = group?.history.at(-1) ?? {};
  const who = by === undefined ? '' : `, by ${shownName(by, MOST_NAME_LENGTH)}`;
  const when = at === undefined ? '' : ` since ${at}`;
  const why = note === undefined ? '' : ` (“${shownName(note, MOST_SHOWN_NOTE_LENGTH)}”)`;
  const already = from === to ? 'already ' : '';
  return `The group is ${already}${from}${when}${who}${why}. From there it can become ${allowed.join(' or ')}.`;
}
