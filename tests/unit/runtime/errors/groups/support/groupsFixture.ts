import type { CapturedError } from '../../../../../../runtime/src/errors/capturedError.ts';
import type { ErrorFacts } from '../../../../../../runtime/src/errors/errorFacts.ts';
import { ErrorGroups } from '../../../../../../runtime/src/errors/groups/errorGroups.ts';
import type { ErrorGroupChange } from '../../../../../../runtime/src/errors/groups/errorGroupChange.ts';
import type { ErrorGroupsOptions } from '../../../../../../runtime/src/errors/groups/errorGroupsOptions.ts';
import type { GroupedAs } from '../../../../../../runtime/src/errors/groups/store/groupRecord.ts';
import { FakeHost } from '../../../../../support/fakeHost.ts';

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** What the wall clock of a `FakeHost` says at first. */
export const WALL_START = '2026-11-27T00:00:00.000Z';

/** What a test changes of an error. */
export interface ErrorChanges extends Partial<Omit<CapturedError, 'error'>>, Partial<Omit<GroupedAs, 'id'>> {
  readonly error?: Partial<ErrorFacts>;
}

const FACTS: ErrorFacts = {
  type: 'TypeError',
  classes: ['TypeError', 'Error'],
  message: 'x is not a function',
  properties: {},
  frames: [],
  causes: [],
  errors: [],
  leftOut: 0,
};

/** The ID of the group of a name. */
export function groupId(name: string): string {
  return name.padStart(16, '0');
}

/** Groups on clocks of the test's, and what they told to `onError`. */
export function testedGroups(options: ErrorGroupsOptions = {}) {
  const host = new FakeHost();
  const errors: Error[] = [];
  const groups = new ErrorGroups(options, { host, onError: (error) => void errors.push(error), random: () => 0 });
  /** Adds an error to the group of a name: a handled one in no request, but for what is said. */
  const add = (name: string, { culprit, category, error, ...changes }: ErrorChanges = {}): ErrorGroupChange =>
    groups.add(
      {
        source: 'call',
        isHandled: true,
        atMillis: host.wallMillis(),
        request: {},
        context: {},
        breadcrumbs: [],
        ...changes,
        error: { ...FACTS, ...error },
      },
      { id: groupId(name), culprit, category: category ?? 'unknown' },
    );
  /** Adds as many of a group. */
  const addMany = (name: string, count: number, changes: ErrorChanges = {}): void => {
    for (let index = 0; index < count; index += 1) add(name, changes);
  };
  /** The group of a name, which is kept. */
  const group = (name: string) => {
    const snapshot = groups.snapshot(groupId(name));
    if (snapshot === undefined) throw new Error(`group ${name} is not kept`);
    return snapshot;
  };
  return { groups, host, errors, add, addMany, group };
}

/** What is thrown; `undefined` where nothing is. */
export function thrownBy(call: () => unknown): unknown {
  try {
    call();
  } catch (error) {
    return error;
  }
  return undefined;
}
