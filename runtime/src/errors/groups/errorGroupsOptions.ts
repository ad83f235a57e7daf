import { ConfigurationError } from '../../core/configurationError.ts';
import { checkOptions, type OptionKind, type OptionKinds, wholeNumber } from '../../core/optionKinds.ts';
import { SEVERITY_RULES, type SeverityRule } from './severity/severityRule.ts';

/** The limits of `ErrorGroups`. All are optional; a value that is not allowed is refused at construction. */
export interface ErrorGroupsOptions {
  /**
   * How many groups are kept, 1 to 10,000. Beyond, one makes room: of the resolved of which nothing was noted the one resolved
   * first; then the one not seen for longest. Last go those that came 100 times, unless they were not seen for a day, and those
   * that somebody has acknowledged, ignored, resolved with a note, or given a category or severity, for 30 days.
   * @defaultValue 1000
   */
  readonly maxGroups?: number;
  /**
   * How many groups may be let go of for new ones each minute, for their number or for memory, 0 to 100,000, so that a flood of
   * fingerprints does not wash out what is known. The errors of others are counted by class and code.
   * @defaultValue 60
   */
  readonly replacedGroupsPerMinute?: number;
  /**
   * How many whole events are kept beside the first of each group, 0 to 1,000,000. Beyond, the oldest is let go of.
   * @defaultValue 2000
   */
  readonly maxEvents?: number;
  /**
   * How many whole events of a group are kept beside its first, 0 to 1000. Beyond, the oldest of a release that others
   * are of, too, is let go of, or the oldest.
   * @defaultValue 10
   */
  readonly maxEventsPerGroup?: number;
  /**
   * How many whole events of a group are kept each minute, 1 to 100,000; as many at once. Its first, and the first of each
   * release, are kept whatever this says.
   * @defaultValue 10
   */
  readonly eventsPerMinutePerGroup?: number;
  /**
   * How many whole events of all groups are kept each minute, 1 to 1,000,000; as many at once. The first of each group, and
   * of each of its releases, are kept whatever this says.
   * @defaultValue 300
   */
  readonly eventsPerMinute?: number;
  /**
   * How much memory all of it may take, in bytes, 4,000,000 to 2,000,000,000, as far as it can be estimated. Beyond, breadcrumbs
   * of the oldest events are let go of, while all breadcrumbs take an eighth of it; then the oldest whole events, the first of
   * each group after the others; then groups. An event that would take an eighth of it is not kept whole; of breadcrumbs that
   * would, the newest are kept.
   * @defaultValue 20_000_000
   */
  readonly maxBytes?: number;
  /**
   * How many users of a group are told apart, 1 to 100,000. All users together take a quarter of `maxBytes` at most. Beyond,
   * a group's users are at least as many as it says.
   * @defaultValue 1000
   */
  readonly maxUsersPerGroup?: number;
  /**
   * How long a resolved group is kept, in milliseconds, 1,000 to 90 days.
   * @defaultValue 604_800_000 (7 days)
   */
  readonly resolvedKeptMillis?: number;
  /**
   * How often resolved groups are cleaned up, groups that are ignored until a time opened, and spikes looked for, in
   * milliseconds, 100 to 60,000.
   * @defaultValue 10_000
   */
  readonly sweepIntervalMillis?: number;
  /**
   * How many groups may be told to spike without cause, a day, all groups together; above 0, at most 1000. The bound holds
   * for errors that are independent of each other; see `spikeIn`.
   * @defaultValue 0.1
   */
  readonly falseAlarmsPerDay?: number;
  /**
   * From how many errors within a minute on a group's severity is one higher, 1 to 1,000,000.
   * @defaultValue 60
   */
  readonly highRatePerMinute?: number;
  /**
   * From how many users on a group's severity is one higher, 1 to `maxUsersPerGroup`. Of a group that came back, users count
   * from then on.
   * @defaultValue 100, or `maxUsersPerGroup` where that is less
   */
  readonly manyUsers?: number;
  /**
   * Severities of errors that the table is not right for; the first that fits counts. At most 1000.
   * @defaultValue none
   */
  readonly severityRules?: readonly SeverityRule[];
}

/** The options, whole. */
export type ErrorGroupsConfig = Required<ErrorGroupsOptions>;

const SUBJECT = 'error tracking';
const MANY_USERS = 100;
const DAY_MILLIS = 24 * 60 * 60 * 1000;

const ALARMS: OptionKind = {
  allowed: 'a number above 0, at most 1000',
  accepts: (value) => typeof value === 'number' && value > 0 && value <= 1000,
};

/** What each option may be. */
export const ERROR_GROUPS_OPTION_KINDS: OptionKinds<ErrorGroupsOptions> = {
  maxGroups: wholeNumber(1, 10_000),
  replacedGroupsPerMinute: wholeNumber(0, 100_000),
  maxEvents: wholeNumber(0, 1_000_000),
  maxEventsPerGroup: wholeNumber(0, 1000),
  eventsPerMinutePerGroup: wholeNumber(1, 100_000),
  eventsPerMinute: wholeNumber(1, 1_000_000),
  maxBytes: wholeNumber(4_000_000, 2_000_000_000),
  maxUsersPerGroup: wholeNumber(1, 100_000),
  resolvedKeptMillis: wholeNumber(1000, 90 * DAY_MILLIS),
  sweepIntervalMillis: wholeNumber(100, 60_000),
  falseAlarmsPerDay: ALARMS,
  highRatePerMinute: wholeNumber(1, 1_000_000),
  manyUsers: wholeNumber(1, 100_000),
  severityRules: SEVERITY_RULES,
};

/**
 * The options with their defaults.
 *
 * @throws ConfigurationError with every option that is unknown or out of its range, and for `manyUsers` above
 * `maxUsersPerGroup`.
 */
export function resolveErrorGroupsOptions(options: ErrorGroupsOptions): ErrorGroupsConfig {
  checkOptions(options, ERROR_GROUPS_OPTION_KINDS, SUBJECT);
  const { maxUsersPerGroup = 1000 } = options;
  const { manyUsers = Math.min(MANY_USERS, maxUsersPerGroup) } = options;
  checkManyUsers(manyUsers, maxUsersPerGroup);
  return {
    maxGroups: options.maxGroups ?? 1000,
    replacedGroupsPerMinute: options.replacedGroupsPerMinute ?? 60,
    maxEvents: options.maxEvents ?? 2000,
    maxEventsPerGroup: options.maxEventsPerGroup ?? 10,
    eventsPerMinutePerGroup: options.eventsPerMinutePerGroup ?? 10,
    eventsPerMinute: options.eventsPerMinute ?? 300,
    maxBytes: options.maxBytes ?? 20_000_000,
    maxUsersPerGroup,
    resolvedKeptMillis: options.resolvedKeptMillis ?? 7 * DAY_MILLIS,
    sweepIntervalMillis: options.sweepIntervalMillis ?? 10_000,
    falseAlarmsPerDay: options.falseAlarmsPerDay ?? 0.1,
    highRatePerMinute: options.highRatePerMinute ?? 60,
    manyUsers,
    severityRules: [...(options.severityRules ?? [])],
  };
}

/** More users than are told apart would never be reached, without a word. */
function checkManyUsers(manyUsers: number, maxUsersPerGroup: number): void {
  if (manyUsers <= maxUsersPerGroup) return;
  const problem = {
    option: 'manyUsers',
    value: `${manyUsers}`,
    source: 'options',
    allowed: `at most maxUsersPerGroup, which is ${maxUsersPerGroup}`,
    remedy: 'set both',
  };
  throw new ConfigurationError([problem], SUBJECT);
}
