import { optionProblems, type OptionKind, type OptionKinds, TRUE_OR_FALSE } from '../../core/optionKinds.ts';

/** Which loggers are listened to, and what becomes of their lines. */
export interface LoggersOptions {
  /**
   * Lines of pino, 9.10 or newer, loaded whenever and however, bundled too.
   * @defaultValue true
   */
  readonly pino?: boolean;
  /**
   * Lines of winston 3, loaded whenever and however, but not where it is bundled.
   * @defaultValue true
   */
  readonly winston?: boolean;
  /**
   * Lines of `console`. It has to be asked for: much that is no error of the application is written with `console.error`, such
   * as how a command is used, and its methods are replaced until everything is stopped.
   * @defaultValue false
   */
  readonly console?: boolean;
  /**
   * Whether lines, of any level that is written, are shown with the errors that come after them, as breadcrumbs.
   * @defaultValue true
   */
  readonly breadcrumbs?: boolean;
  /**
   * Whether a line of level error or above that comes with no `Error` is an error, too. It has to be asked for: such a line has
   * no stack, so that its text alone says what it is about; it often tells of what works as it should (`payment refused`), and
   * often of an error that is told in another line. As a breadcrumb it is shown in any case.
   * @defaultValue false
   */
  readonly linesWithoutError?: boolean;
}

/** The options, whole. */
export type LoggersConfig = Readonly<Record<keyof LoggersOptions, boolean>>;

const LOGGERS_OPTION_KINDS: OptionKinds<LoggersOptions> = {
  pino: TRUE_OR_FALSE,
  winston: TRUE_OR_FALSE,
  console: TRUE_OR_FALSE,
  breadcrumbs: TRUE_OR_FALSE,
  linesWithoutError: TRUE_OR_FALSE,
};

/** Options of loggers, or `false` for none. */
export const LOGGERS: OptionKind = {
  allowed: 'an object with pino, winston, console, breadcrumbs, linesWithoutError, or false',
  accepts: (value) => value === false || (typeof value === 'object' && value !== null && !Array.isArray(value)),
  problemsIn: (value, option) => (value === false ? [] : optionProblems(value, LOGGERS_OPTION_KINDS, option)),
};

const NOTHING: LoggersConfig = Object.freeze({
  pino: false,
  winston: false,
  console: false,
  breadcrumbs: false,
  linesWithoutError: false,
});

/** The options with their defaults. */
export function resolveLoggersOptions(options: LoggersOptions | false = {}): LoggersConfig {
  if (options === false) return NOTHING;
  return {
    pino: options.pino ?? true,
    winston: options.winston ?? true,
    console: options.console ?? false,
    breadcrumbs: options.breadcrumbs ?? true,
    linesWithoutError: options.linesWithoutError ?? false,
  };
}
