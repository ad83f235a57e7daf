import {
  checkOptions,
  FUNCTION,
  type OptionKind,
  type OptionKinds,
  TRUE_OR_FALSE,
  wholeNumber,
} from '../core/optionKinds.ts';
import { CLASSIFICATION_RULES, type ErrorRule } from './classification/errorRule.ts';
import type { CapturedError } from './capturedError.ts';
import {
  ERROR_GROUPS_OPTION_KINDS,
  type ErrorGroupsConfig,
  type ErrorGroupsOptions,
  resolveErrorGroupsOptions,
} from './groups/errorGroupsOptions.ts';
import { LOGGERS, type LoggersConfig, type LoggersOptions, resolveLoggersOptions } from './logs/loggersOptions.ts';

/** How an `ErrorTracker` works. All is optional; a value that is not allowed is refused at construction. */
export interface ErrorTrackerOptions extends ErrorGroupsOptions {
  /**
   * The version of the application: groups tell in which they came, and a group that is resolved in one comes back in newer
   * ones only.
   * @defaultValue what the traces' resource says as `service.version`
   */
  readonly release?: string;
  /**
   * Whether what nobody catches is captured, as an exception or as the rejection of a promise. What becomes of the process is
   * not changed by it. Rejections that do not end it are captured where the application listens for `unhandledRejection`
   * itself, and with `--unhandled-rejections=none` or `warn` on Node's command line; not those that only make Node warn for
   * another reason (`NODE_OPTIONS`, `warn-with-error-code`). One that is handled late stays captured.
   * @defaultValue true
   */
  readonly uncaught?: boolean;
  /**
   * Which loggers are listened to, or `false` for none: errors in lines of level error and above are captured, and lines of all
   * levels that are written are breadcrumbs. For a tracker that `createObservability` makes.
   * @defaultValue pino and winston, with the defaults of `LoggersOptions`
   */
  readonly loggers?: LoggersOptions | false;
  /**
   * How many breadcrumbs are shown with each error, 1 to 1000: those of its request or trace, and of those of none what there
   * is room for. Twenty times as many are kept.
   * @defaultValue 100
   */
  readonly maxBreadcrumbs?: number;
  /**
   * Which share of its thread's time capturing may take, above 0, at most 1, over a second. Beyond, errors are counted by
   * class and code and not looked at: they are in the total and in statistics, of the category `unknown`, and in no group. What nobody catches is looked at whatever this
   * says.
   * @defaultValue 0.2
   */
  readonly maxTimeShare?: number;
  /**
   * Rules of the application's own that say what errors are about, asked before the runtime's.
   * @defaultValue none
   */
  readonly categoryRules?: readonly ErrorRule[];
  /**
   * What an error is grouped by, if not by its stack and message: texts, of which `{{default}}` stands for the group that
   * it would be in otherwise; `undefined` for that group. Where it throws, the error is in that group, too.
   * @defaultValue none
   */
  readonly fingerprint?: (captured: CapturedError) => readonly string[] | undefined;
}

/** The options, whole. */
export interface ErrorTrackerConfig {
  readonly release: string | undefined;
  readonly uncaught: boolean;
  readonly loggers: LoggersConfig;
  readonly maxBreadcrumbs: number;
  readonly maxTimeShare: number;
  readonly categoryRules: readonly ErrorRule[];
  readonly fingerprint: ErrorTrackerOptions['fingerprint'];
  readonly groups: ErrorGroupsConfig;
}

const RELEASE: OptionKind = {
  allowed: 'a text of 1 to 200 characters',
  accepts: (value) => typeof value === 'string' && value.length >= 1 && value.length <= 200,
};

const SHARE: OptionKind = {
  allowed: 'a number above 0, at most 1',
  accepts: (value) => typeof value === 'number' && value > 0 && value <= 1,
};

/** What each option may be. */
export const ERROR_TRACKER_OPTION_KINDS: OptionKinds<ErrorTrackerOptions> = {
  ...ERROR_GROUPS_OPTION_KINDS,
  release: RELEASE,
  uncaught: TRUE_OR_FALSE,
  loggers: LOGGERS,
  maxBreadcrumbs: wholeNumber(1, 1000),
  maxTimeShare: SHARE,
  categoryRules: CLASSIFICATION_RULES,
  fingerprint: FUNCTION,
};

/**
 * The options with their defaults.
 *
 * @throws ConfigurationError with every option that is unknown or out of its range.
 */
export function resolveErrorTrackerOptions(options: ErrorTrackerOptions): ErrorTrackerConfig {
  checkOptions(options, ERROR_TRACKER_OPTION_KINDS, 'error tracking');
  const {
    release,
    uncaught = true,
    loggers,
    maxBreadcrumbs = 100,
    maxTimeShare = 0.2,
    categoryRules = [],
    fingerprint,
    ...groups
  } = options;
  return {
    release,
    uncaught,
    loggers: resolveLoggersOptions(loggers),
    maxBreadcrumbs,
    maxTimeShare,
    categoryRules: [...categoryRules],
    fingerprint,
    groups: resolveErrorGroupsOptions(groups),
  };
}
