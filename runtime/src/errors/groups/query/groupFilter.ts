import { checkKeys } from '../../../core/query/checkKeys.ts';
import { checkOneOf } from '../../../core/query/checkOneOf.ts';
import { shownText } from '../../../core/shownText.ts';
import { ERROR_CATEGORIES, type ErrorCategory } from '../../errorCategory.ts';
import { RESOLUTION_STATES, type ResolutionState } from '../../errorGroupSnapshot.ts';
import { ERROR_SEVERITIES, type ErrorSeverity } from '../../errorSeverity.ts';
import type { GroupRecord } from '../store/groupRecord.ts';

/** Which groups are asked for: those that are like all that is given. */
export interface ErrorGroupFilter {
  readonly category?: ErrorCategory;
  readonly severity?: ErrorSeverity;
  readonly state?: ResolutionState;
  /** In the type, the message, the code or the place of the newest error, in whatever case. */
  readonly text?: string;
  /** Those that hit a user, of the users that are told apart. */
  readonly userId?: string;
  /** Those that were seen in a version, of the versions that are told apart. */
  readonly release?: string;
  /** Milliseconds since 1970: those that were seen at this time or later. */
  readonly sinceMillis?: number;
}

const KEYS: Readonly<Record<keyof ErrorGroupFilter, true>> = {
  category: true,
  severity: true,
  state: true,
  text: true,
  userId: true,
  release: true,
  sinceMillis: true,
};

const TEXTS = ['text', 'userId', 'release'] as const;

/**
 * The filter as groups are compared with it.
 *
 * @throws RangeError for keys that are none, which would let everything through, for a category, a severity or a state that is
 * none, and for values of another type.
 */
export function soughtGroups(filter: ErrorGroupFilter): ErrorGroupFilter {
  checkKeys('a filter', filter, Object.keys(KEYS));
  checkOneOf('category', filter.category, ERROR_CATEGORIES);
  checkOneOf('severity', filter.severity, ERROR_SEVERITIES);
  checkOneOf('state', filter.state, RESOLUTION_STATES);
  for (const key of TEXTS) checkIs(key, filter[key], 'string', 'a text');
  checkIs('sinceMillis', filter.sinceMillis, 'number', 'milliseconds since 1970');
  if (Number.isNaN(filter.sinceMillis)) throw new RangeError('sinceMillis is NaN; allowed: milliseconds since 1970');
  return { ...filter, ...(filter.text !== undefined && { text: filter.text.toLowerCase() }) };
}

/** Whether a group is like all that is asked for. */
export function fitsGroup(record: GroupRecord, filter: ErrorGroupFilter): boolean {
  const { category, severity, state, text, userId, release, sinceMillis } = filter;
  return (
    (category === undefined || record.category === category) &&
    (severity === undefined || record.severity === severity) &&
    (state === undefined || record.resolution.state === state) &&
    (sinceMillis === undefined || record.lastSeenWallMillis >= sinceMillis) &&
    (userId === undefined || record.users.has(userId)) &&
    (release === undefined || record.releases.has(release)) &&
    (text === undefined || holdsText(record, text))
  );
}

function holdsText({ type, message, code, culprit }: GroupRecord, text: string): boolean {
  return [type, message, code, culprit].some((held) => held?.toLowerCase().includes(text) === true);
}

function checkIs(key: string, value: unknown, type: 'string' | 'number', allowed: string): void {
  if (value === undefined || typeof value === type) return;
  throw new RangeError(`${key} is ${shownText(value)}; allowed: ${allowed}`);
}
